"""What is shown, as a file: every format holds the same rows, types, nulls and terms."""
