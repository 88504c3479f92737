"""What the generators of static sites know of a post that its own file does not say."""
