"""The page of datasets: what is loaded, what can be fetched, a file of one’s own."""
