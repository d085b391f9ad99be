"""Official lists: one reader a publisher; all give the same parties, and an account of what they read."""
