"""Terms as they lie on disk: how they are written, and how they are found."""
