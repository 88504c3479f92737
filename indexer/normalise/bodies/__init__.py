"""Bodies in any markup, made safe to show and read as a person would."""
