"""Seeing in: what a server tells of its requests, in the log and in numbers, and to whom."""
