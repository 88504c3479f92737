"""The archive as programs read it: documents, feeds, and what browsers and crawlers ask for."""
