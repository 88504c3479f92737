"""From search results to what a template, JSON or a feed shows."""
