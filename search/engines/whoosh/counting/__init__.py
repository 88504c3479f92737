"""Which posts the filters leave, how many have each value, and which come first."""
