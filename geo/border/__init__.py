"""The border itself: its layers, the join of events to it, its crossings."""
