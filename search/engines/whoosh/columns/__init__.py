"""What a generation knows of its posts besides their words: a value for each, in arrays."""
