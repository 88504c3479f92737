"""What each kind of visitor does on the site, from end to end, in Chromium.

Nobody's console says anything, and nothing that their pages ask for fails: `tests.web.browsing.visit` sees to
that.
"""
