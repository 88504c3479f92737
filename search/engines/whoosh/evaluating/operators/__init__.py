"""Operators, which find the documents that match one kind of condition."""
