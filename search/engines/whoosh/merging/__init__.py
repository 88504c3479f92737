"""Making one segment of several: which ones, and how, as work on whole arrays."""
