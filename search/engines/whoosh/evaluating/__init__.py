"""Whoosh's queries, answered on arrays: operators that find documents, and what is made of these."""
