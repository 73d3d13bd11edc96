"""The filter: its dimensions, its address, its text search, what it offers and how it widens."""
