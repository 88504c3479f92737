"""Generations: how one is made of the last, takes its place, and is opened."""
