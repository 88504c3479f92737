"""A search and what it found, as pages show it: results, facets, the timeline, and what to try instead."""
