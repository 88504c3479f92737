"""Checking a generation: is it what it would be, were it built of the store again?"""
