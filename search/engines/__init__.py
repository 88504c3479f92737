"""Engines: whatever finds and ranks, behind `search.engine.Engine`."""
