"""Writing into comparable text: Unicode folding, romanisation, legal forms, party cells."""
