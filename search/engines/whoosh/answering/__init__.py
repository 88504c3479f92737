"""What each question to the index is answered with, and what a question without an answer meant."""
