"""The engines that are measured side by side, each on the same posts and asked for the same answers."""
