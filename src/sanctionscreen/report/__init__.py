"""What a screening looks like on paper: CSV, JSON lines and the terminal, all from the same assessments."""
