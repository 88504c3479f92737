# -*- coding: utf-8 -*-
import time
BLOG_AUTHOR = "Ada Low"
BLOG_TITLE = "Harbour"
SITE_URL = "https://harbour.example/"
DEFAULT_LANG = "en"
POSTS = (
    ("posts/*.rst", "blog", "post.tmpl"),
    ("posts/*.txt", "blog", "post.tmpl"),
    ("posts/*.md", "blog", "post.tmpl"),
)
PAGES = (("pages/*.rst", "", "page.tmpl"),)
PRETTY_URLS = False
CONTENT_FOOTER = "Contents &copy; {0}".format(time.gmtime().tm_year)
