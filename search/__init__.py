"""What an archive is, and how it is searched."""
