"""The border page: the crossings, the months, the whole line."""
