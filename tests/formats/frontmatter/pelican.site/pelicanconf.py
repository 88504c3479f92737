from os import environ

AUTHOR = u"Ada Low"
SITENAME = "Harbour" if environ.get("LONG") else "Harbour"
SITENAME = "Harbour"
SITEURL = ""
PATH = "content"
DEFAULT_LANG = "en"
ARTICLE_URL = "{date:%Y}/{date:%b}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
