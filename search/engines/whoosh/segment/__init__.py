"""The index on disk: immutable segments of arrays that are searched where they lie."""
