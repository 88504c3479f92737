"""A post, as its page shows it, and as it is cited, printed and kept."""
