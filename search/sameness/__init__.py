"""When several sources tell of the same post, and what is then taken from which: pure rules."""
