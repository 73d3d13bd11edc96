"""The line itself: kilometres to it and along it."""
