"""Subcommands of `blogsearch` that read or describe an archive."""
