"""What HTTP adds to a search, and how many requests a second are answered, beside Datasette."""
