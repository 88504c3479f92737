"""Whom a post quotes."""
