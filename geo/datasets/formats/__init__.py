"""The formats that are understood: each says what its columns mean."""
