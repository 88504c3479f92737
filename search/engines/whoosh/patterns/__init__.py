"""Which words of the index a pattern, or a slip, can mean."""
