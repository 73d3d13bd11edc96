"""What was read, as rows, as notes and on a terminal."""
