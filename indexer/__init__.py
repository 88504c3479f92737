"""From whatever bloggers have to posts in the archive."""
