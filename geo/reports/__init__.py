"""News text in, dated, placed, counted, attributed events out."""
