"""Measurements anyone can repeat: `make bench CORPUS=posts.jsonl.gz`."""
