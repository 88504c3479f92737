"""An archive as one file that anybody can read, and that makes the same archive again."""
