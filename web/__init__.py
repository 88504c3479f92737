"""The archive, for people and programs."""
