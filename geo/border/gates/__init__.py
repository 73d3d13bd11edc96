"""The crossings: where they are, when they were open, and the board of both."""
