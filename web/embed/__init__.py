"""The search box on pages of the blog itself."""
