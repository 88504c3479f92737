"""Bodies that are kept as blocks, cards or tags of their own, as HTML."""
