"""What pages are made of besides HTML: files as they are sent, some of them made of the settings."""
