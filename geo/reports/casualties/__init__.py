"""The dead and the injured: groups of people, what befell them, and the figures added up."""
