"""Which files of a folder or archive are plainly no posts, and are left alone without a word each.

A file that is in neither table is offered to the formats, so that nothing unknown is passed over in
silence.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_ASSETS = frozenset(
    f".{extension}"
    for extensions in (
        "png jpg jpeg jpe jfif gif webp avif heic svg svgz ico bmp tif tiff psd ai eps xcf raw",  # pictures
        "woff woff2 ttf otf eot",  # fonts
        "mp3 m4a ogg oga opus wav flac aac mid",  # sound
        "mp4 m4v mov avi mkv webm ogv wmv flv swf srt vtt",  # films
        "pdf doc docx odt rtf xls xlsx ods ppt pptx odp key epub mobi",  # documents
        "css scss sass less styl js mjs cjs ts tsx jsx vue svelte wasm map xsl xslt",  # looks, scripts
        "py rb go rs c h cpp hpp java cs php pl sh bat ps1 lua r sql ipynb tmpl erb liquid haml pug njk hbs",
        "astro clj cljs edn ex exs hs kt swift scala gemspec rake el vim diff patch po pot mo",  # programs
        "yml yaml toml ini cfg conf lock editorconfig webmanifest bib tex meta",  # settings
        "exe dll so dylib o a class jar pyc db sqlite sqlite3 bak tmp log ds_store",
    )
    for extension in extensions.split()
)
_OF_A_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|heic|mp4|mov)(?:\.[\w-]{1,60})?\.json$", re.IGNORECASE)
_OF_READERS = re.compile(
    r"^\d+(?:\.[^/]*)?\.(?:opens|delivers)\.csv$"
)  # who opened a post of Substack's, and when
_COMMENTS = re.compile(
    r"(?:^|/)(?:_?data/(?:comments|staticman)|_comments)/.+\.(?:ya?ml|json)$", re.IGNORECASE
)
_DATA_OF_A_SITE = re.compile(r"(?:^|/)_data/.+\.(?:json|csv|tsv)$|\.11tydata\.json$", re.IGNORECASE)
_COMPANIONS = frozenset(
    name
    for names in (
        "settings.csv profile.csv followers.csv",  # of the posts in a Takeout
        "comment.meta user.map userpics.xml ljdump.config",  # of the entries that ljdump saves
        "robots.txt humans.txt ads.txt security.txt llms.txt cname rsd.xml wlwmanifest.xml sitemap.xml"
        " opensearch.xml browserconfig.xml crossdomain.xml manifest.json redirects.json",  # of a site
        "requirements.txt package.json package-lock.json tsconfig.json composer.json bower.json"
        " vercel.json netlify.json renovate.json biome.json search.json gemfile rakefile"
        " makefile dockerfile procfile license licence license.txt licence.txt readme"
        " readme.txt",  # of a project
    )
    for name in names.split()
)
_NO_TEXTS = (b"#!", b"\x89PNG\r\n", b"GIF8", b"\xff\xd8\xff")
_PROGRAMS = re.compile(r"(?:^|/)vendor/(?:bundle|cache|gems|ruby)(?:/|$)")
"""Where Bundler puts the programs that make a Jekyll site, which have READMEs and sites of their own."""
_FOLDERS = frozenset(
    {
        *("node_modules", "bower_components", "__pycache__", "__macosx"),
        *("_layouts", "_includes", "_sass", "_site"),  # Jekyll's templates and what it made of the posts
    }
)
_OF_WORDPRESS = re.compile(  # what a mirror fetched because pages link to it for programs
    r"(?:^|/)(?:xmlrpc\.php|osd\.xml|wp-json/index\.html|wp-json/oembed/)", re.IGNORECASE
)


def is_left_alone(path: PurePosixPath) -> bool:
    """Whether this path, relative to where reading began, is hidden or in a folder of no posts."""
    return (
        any(part.startswith(".") or part.lower() in _FOLDERS for part in path.parts)
        or _PROGRAMS.search(path.as_posix()) is not None
    )


def is_asset(path: PurePosixPath) -> bool:
    """Whether this is a picture, script, style, document or setting, or belongs to one, by its name.

    The settings of a static site are; but not what lies among them where it keeps its readers' comments.
    """
    name, whole = path.name.lower(), path.as_posix()
    if _COMMENTS.search(whole):
        return False
    if _DATA_OF_A_SITE.search(whole):
        return True
    return (
        path.suffix.lower() in _ASSETS
        or name in _COMPANIONS
        or _OF_A_PICTURE.search(name) is not None
        or _OF_READERS.search(name) is not None
        or _OF_WORDPRESS.search(whole) is not None
    )


def is_asset_by_its_start(head: bytes, address: str) -> bool:
    """Whether a file that no format knows begins as a picture or script, or is data that a page asked for.

    Servers send pictures by names such as `image.axd`, and a web archive holds all that scripts fetched; of
    JSON that lies in a folder somebody may think that it is a blog, so that is told of.
    """
    return head.startswith(_NO_TEXTS) or bool(address and head.lstrip()[:1] in (b"{", b"["))
