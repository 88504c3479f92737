"""What an hour of torture is made of: an archive, visitors, sources that change, samples of processes."""
