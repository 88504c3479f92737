"""Postings as they lie on disk: how they are encoded, and how they are read."""
