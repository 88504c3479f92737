"""A query of ours as one of Whoosh's, and which of its words a comment must have said."""
