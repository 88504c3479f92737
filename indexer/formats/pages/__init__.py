"""What saved pages are made of: templates, structured data, comments, addresses."""
