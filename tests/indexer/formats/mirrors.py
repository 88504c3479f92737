"""Small mirrors of blogs in the templates of many systems: two posts and the pages that list them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TEXT = "<p>The harbour was quiet when we came in, and {word} was all that anybody talked about.</p>" * 3
POSTS = (("The harbour at night", "lanterns"), ("A boat for two", "oars"))


@dataclass(frozen=True, slots=True)
class Template:
    """How a system's pages look: a post, and what of it is in a `listing`.

    `path` is where a post lies, with its number in it, and `lists` are the pages that list the posts.
    """

    name: str
    post: str
    item: str
    path: str = "/2012/03/post-{number}.html"
    listing: str = "<body>{items}</body>"
    lists: tuple[str, ...] = ("/index.html", "/page/2/index.html", "/tag/boats/index.html")


def _page(head: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head>{body}</html>"


TEMPLATES = (
    Template(
        "blogger classic",
        "<body><h2 class=date-header>Friday, March 02, 2012</h2><div class='post'><h3 class='post-title'>"
        "<a href='{link}'>{title}</a></h3><div class='post-body'>{text}</div>"
        "<p class='post-footer'>posted by Jo at "
        "4:12 PM</p></div></body>",
        "<div class='post'><h3 class='post-title'><a href='{link}'>{title}</a></h3>"
        "<div class='post-body'>{text}</div></div>",
        lists=("/index.html", "/2012_03_01_archive.html", "/search/label/boats.html"),
    ),
    Template(
        "blogger layouts",
        "<body class='loading'><div class='post hentry'><h3 class='post-title entry-title'>{title}</h3>"
        "<div class='post-body entry-content'>{text}</div></div></body>",
        "<div class='post hentry'><h3 class='post-title entry-title'><a href='{link}'>{title}</a></h3>"
        "<div class='post-body entry-content'>{text}</div></div>",
        lists=("/index.html", "/2012/03/index.html", "/search?updated-max=2012-03-01&max-results=7.html"),
    ),
    Template(
        "blogger contempo",
        "<body class='item-view version-1-3-3'><div class='post-outer'>"
        "<h3 class='post-title entry-title'>{title}</h3>"
        "<div class='post-body entry-content'>{text}</div></div></body>",
        "<article class='post-outer'><h3 class='post-title'><a href='{link}'>{title}</a></h3>"
        "<div class='snippet-item'>The harbour was quiet …</div></article>",
    ),
    Template(
        "wordpress default",
        "<body class='single single-post'><div class='post' id='post-{number}'><h2>{title}</h2>"
        "<div class='entry'>{text}</div></div></body>",
        "<div class='post'><h2><a href='{link}' rel='bookmark'>{title}</a></h2>"
        "<div class='entry'>{text}</div></div>",
        listing="<body class='archive category'>{items}</body>",
        path="/2012/03/02/post-{number}/index.html",
    ),
    Template(
        "wordpress kubrick without body classes",
        "<body><div class='post'><h2>{title}</h2><div class='entrytext'>{text}</div></div></body>",
        "<div class='post'><h2><a href='{link}' rel='bookmark'>{title}</a></h2>"
        "<div class='entry'>{text}</div></div>",
        path="/archives/2012/03/02/post-{number}/index.html",
    ),
    Template(
        "wordpress twenty-fifteen",
        "<body class='single postid-{number}'><article class='post hentry'>"
        "<h1 class='entry-title'>{title}</h1>"
        "<div class='entry-content'>{text}</div></article><nav class='post-navigation'>"
        "<a href='/x'>Next</a></nav></body>",
        "<article class='hentry'><h2 class='entry-title'><a href='{link}' rel='bookmark'>{title}</a></h2>"
        "<div class='entry-summary'>The harbour …</div></article>",
        listing="<body class='home blog'>{items}</body>",
    ),
    Template(
        "wordpress blocks",
        "<body class='single'><h1 class='wp-block-post-title'>{title}</h1>"
        "<div class='entry-content wp-block-post-content'>{text}</div></body>",
        "<li class='wp-block-post'><h2 class='wp-block-post-title'><a href='{link}'>{title}</a></h2></li>",
        listing="<body class='archive tag'><ul>{items}</ul></body>",
    ),
    Template(
        "movable type 2",
        "<body><div class='blogbody'><h3 class='title'>{title}</h3>{text}"
        "<span class='posted'>Posted by Jo at March 2, "
        "2012 04:12 PM</span></div><!-- <rdf:RDF><rdf:Description rdf:about='{link}' dc:title=\"{title}\" "
        'dc:identifier="{link}" dc:creator="jo" dc:date="2012-03-02T16:12:00+00:00" /></rdf:RDF> --></body>',
        "<div class='blogbody'><h3 class='title'>{title}</h3>{text}</div>",
        path="/archives/00000{number}.html",
        lists=("/index.html", "/archives/2012_03.html", "/archives/cat_boats.html", "/archives.html"),
    ),
    Template(
        "movable type 5",
        "<body class='mt-entry-archive'><div class='entry-asset'>"
        "<h1 class='asset-name entry-title'>{title}</h1>"
        "<div class='asset-content entry-content'><div class='asset-body'>{text}</div></div></div></body>",
        "<div class='entry-asset'><h2 class='asset-name'><a href='{link}'>{title}</a></h2>"
        "<div class='asset-content'>{text}</div></div>",
    ),
    Template(
        "typepad",
        "<body class='layout-two'><div class='entry'><h3 class='entry-header'>{title}</h3>"
        "<div class='entry-content'><div class='entry-body'>{text}</div></div></div></body>",
        "<div class='entry'><h3 class='entry-header'><a href='{link}'>{title}</a></h3>"
        "<div class='entry-content'><div class='entry-body'>{text}</div></div></div>",
        lists=("/weblog/index.html", "/weblog/2012/03/index.html", "/weblog/page/2/index.html"),
    ),
    Template(
        "ghost casper",
        "<body class='post-template'><article class='gh-article post'>"
        "<h1 class='gh-article-title'>{title}</h1>"
        "<section class='gh-content'>{text}</section></article></body>",
        "<article class='post-card'><a class='post-card-content-link' href='{link}'>"
        "<h2>{title}</h2></a></article>",
        listing="<body class='home-template'>{items}</body>",
        path="/post-{number}/index.html",
    ),
    Template(
        "medium",
        "<body><article><h1>{title}</h1><section>{text}</section></article></body>",
        "<article><a href='{link}'><h2>{title}</h2></a><p>The harbour …</p></article>",
        path="/post-{number}-0a1b2c3d4e5f",
        lists=("/index.html", "/archive/2012/index.html", "/tagged/boats/index.html"),
    ),
    Template(
        "substack",
        "<body><article class='post'><h1 class='post-title'>{title}</h1><div class='available-content'>"
        "<div class='body markup'>{text}</div></div>"
        "<div class='subscribe-widget'>Subscribe now</div></article></body>",
        "<div class='post-preview'><a class='post-preview-title' href='{link}'>{title}</a></div>",
        path="/p/post-{number}",
        lists=("/index.html", "/archive.html"),
    ),
    Template(
        "jekyll minima",
        "<body><article class='post h-entry'><h1 class='post-title p-name'>{title}</h1>"
        "<div class='post-content e-content'>{text}</div></article></body>",
        "<li><h3><a class='post-link' href='{link}'>{title}</a></h3></li>",
    ),
    Template(
        "hugo",
        "<body><main><article><h1>{title}</h1><time datetime='2012-03-02'>March 2"
        "</time>{text}</article></main></body>",
        "<article><h2><a href='{link}'>{title}</a></h2><p>The harbour …</p></article>",
        path="/posts/post-{number}/index.html",
        lists=("/index.html", "/posts/index.html", "/posts/page/2/index.html", "/tags/boats/index.html"),
    ),
    Template(
        "hexo",
        "<body><article class='post' itemscope><h1 class='post-title' itemprop='name headline'>{title}</h1>"
        "<div class='post-body' itemprop='articleBody'>{text}</div></article></body>",
        "<article class='post'><h2 class='post-title'><a href='{link}'>{title}</a></h2>"
        "<div class='post-body'>{text}</div></article>",
        lists=(
            "/index.html",
            "/archives/index.html",
            "/archives/2012/03/index.html",
            "/categories/boats/index.html",
        ),
    ),
    Template(
        "microformats",
        "<body><div class='h-entry'><h1 class='p-name'>{title}</h1>"
        "<div class='e-content'>{text}</div></div></body>",
        "<div class='h-entry'><a class='u-url p-name' href='{link}'>{title}</a>"
        "<div class='e-content'>{text}</div></div>",
        listing="<body><div class='h-feed'>{items}</div></body>",
    ),
    Template(
        "json-ld alone",
        '<body><script type="application/ld+json">{{"@type": "BlogPosting", "headline": "'
        '{title}", "url": "{link}", '
        '"datePublished": "2012-03-02"}}</script><main><div>{text}</div></main></body>',
        "<div><a href='{link}'>{title}</a></div>",
        listing='<body><script type="application/ld+json">{{"@type": "CollectionPage"}}</script><h1>All</h1>'
        "{items}</body>",
    ),
    Template(
        "squarespace",
        "<body class='view-item'><article class='hentry'><h1 class='entry-title'>{title}</h1>"
        "<div class='sqs-block-content'>{text}</div></article></body>",
        "<article class='hentry'><h1 class='entry-title'><a href='{link}'>{title}</a></h1></article>",
        path="/blog/post-{number}.html",
        lists=("/index.html", "/blog/index.html", "/blog?category=boats.html", "/blog/tag/boats.html"),
    ),
    Template(
        "drupal",
        "<body class='node-type-blog'><h1>{title}</h1><div class='field-name-body'>{text}</div></body>",
        "<div class='node'><h2><a href='{link}' rel='bookmark'>{title}</a></h2>"
        "<div class='field-name-body'>{text}</div></div>",
        path="/node/{number}.html",
        lists=("/index.html", "/blog?page=1.html", "/tags/boats/index.html"),
    ),
    Template(
        "livejournal",
        "<body><article class='b-singlepost'><h1 class='b-singlepost-title'>{title}</h1>"
        "<article class='b-singlepost-body'>{text}</article></article></body>",
        "<div class='entry-wrap'><h3 class='entry-title'><a href='{link}'>{title}</a></h3>"
        "<div class='entry-text'>{text}</div></div>",
        path="/{number}234.html",
        lists=("/index.html", "/2012/03/02/index.html", "/tag/boats", "/index.html?skip=20"),
    ),
    Template(
        "tumblr",
        "<body><div class='post text'><h1 class='post-title'>{title}</h1>"
        "<div class='post-content'>{text}</div></div></body>",
        "<div class='post text'><h2 class='post-title'><a href='{link}'>{title}</a></h2>"
        "<div class='post-content'>{text}</div></div>",
        path="/post/{number}/harbour",
        lists=("/index.html", "/archive.html", "/page/2", "/tagged/boats"),
    ),
)


def write_mirror(folder: Path, template: Template, host: str = "blog.example.com") -> Path:
    """The mirror's root, in which a folder is called as the host is."""
    paths = [template.path.format(number=number) for number in range(1, len(POSTS) + 1)]
    items = []
    for (title, word), path in zip(POSTS, paths, strict=True):
        link, text = f"http://{host}{path}", TEXT.format(word=word)
        items.append(template.item.format(title=title, link=link, text=text))
        body = template.post.format(title=title, link=link, text=text, number=word)
        _write(folder, host + path, _page(f"<title>{title} - The Log</title>", body))
    for path in template.lists:
        listing = template.listing.format(items="".join(items * 2))
        _write(folder, host + path, _page("<title>The Log</title>", listing))
    return folder


def _write(folder: Path, path: str, content: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")
