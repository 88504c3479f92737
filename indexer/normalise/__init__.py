"""RawPost to Post, pure: dates, HTML, bylines, languages, identity."""
