"""In which language a reader is spoken to: which there are, which is chosen, and how it is spoken."""
