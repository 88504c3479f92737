"""Web handlers, each at most 15 lines."""
