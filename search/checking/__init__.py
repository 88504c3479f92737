"""Checking an archive: do the store and the index agree, and if not, where and what is to be done?"""
