"""The smallest exports of every format that hold given posts, as the bytes a program would have written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

from tests.indexer.hostile.entries import Entry, Export


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _each(entries: Sequence[Entry], one: Callable[[Entry], str], between: str = "\n") -> str:
    return between.join(map(one, entries))


def _wxr(entries: Sequence[Entry]) -> str:
    def item(entry: Entry) -> str:
        tags = "".join(f'<category domain="post_tag" nicename="{tag}">{tag}</category>' for tag in entry.tags)
        return (
            f"<item><title>{entry.title}</title><link>https://tide.example/{entry.number}</link>"
            f'<guid isPermaLink="false">tide-{entry.number}</guid>{tags}'
            f"<content:encoded>{_cdata(entry.body)}</content:encoded>"
            f"<wp:post_date_gmt>{entry.date}</wp:post_date_gmt><wp:post_type>post</wp:post_type>"
            "<wp:status>publish</wp:status></item>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><title>Tides</title><link>https://tide.example</link>"
        f"{_each(entries, item)}</channel></rss>"
    )


def _atom(entries: Sequence[Entry], namespaces: str, kind: str) -> str:
    def one(entry: Entry) -> str:
        tags = "".join(f'<category scheme="http://www.blogger.com/atom/ns#" term="{t}"/>' for t in entry.tags)
        return (
            f"<entry><id>tag:tide.example,2012:{entry.number}</id>{kind}<title>{entry.title}</title>{tags}"
            f'<content type="html">{escape(entry.body)}</content><published>{entry.date}</published></entry>'
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{namespaces}>'
        f"<id>tag:tide.example,2012:blog</id><title>Tides</title>{_each(entries, one)}</feed>"
    )


def _takeout(entries: Sequence[Entry]) -> str:
    return _atom(
        entries,
        ' xmlns:blogger="http://schemas.google.com/blogger/2018"',
        "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>",
    )


def _blogger(entries: Sequence[Entry]) -> str:
    kind = "http://schemas.google.com/blogger/2008/kind#post"
    return _atom(entries, "", f'<category scheme="http://schemas.google.com/g/2005#kind" term="{kind}"/>')


def _feed(entries: Sequence[Entry]) -> str:
    return _atom(entries, "", "")


def _disqus(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return (
            f'<post dsq:id="{entry.number}"><message>{_cdata(entry.body)}</message>'
            f"<createdAt>{entry.date}</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>"
            '<author><name>Max</name></author><thread dsq:id="1000001"/></post>'
        )

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" '
        'xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1000001">'
        "<link>https://tide.example/beside</link><isDeleted>false</isDeleted></thread>"
        f"{_each(entries, one)}</disqus>"
    )


def _blogml(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        tags = "".join(f'<tag ref="{tag}"/>' for tag in entry.tags)
        return (
            f'<post id="p{entry.number}" date-created="{entry.date}" approved="true" type="normal">'
            f'<title type="text">{entry.title}</title><content type="text">{_cdata(entry.body)}</content>'
            f"<tags>{tags}</tags></post>"
        )

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<blog root-url="https://tide.example/" xmlns="http://www.blogml.com/2006/09/BlogML">'
        f"<title>Tides</title><posts>{_each(entries, one)}</posts></blog>"
    )


def _livejournal(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return (
            f"<entry><itemid>{entry.number}</itemid><eventtime>{entry.date}</eventtime>"
            f"<subject>{entry.title}</subject><event>{escape(entry.body)}</event>"
            f"<security>public</security><taglist>{', '.join(entry.tags)}</taglist></entry>"
        )

    return f'<?xml version="1.0" encoding="utf-8"?>\n<livejournal>{_each(entries, one)}</livejournal>'


def _tumblr_xml(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        tags = "".join(f"<tag>{tag}</tag>" for tag in entry.tags)
        return (
            f'<post id="{entry.number}" url="https://tides.tumblr.example/post/{entry.number}" '
            f'type="regular" date-gmt="{entry.date}"><regular-title>{entry.title}</regular-title>'
            f"<regular-body>{escape(entry.body)}</regular-body>{tags}</post>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tumblr version="1.0"><tumblelog name="tides" '
        f'title="Tides"/><posts start="0">{_each(entries, one)}</posts></tumblr>'
    )


def _opml(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        tags = escape(",".join(entry.tags))
        return (
            f'<outline text="{entry.title}" created="{entry.date}" category="{tags}">'
            f'<outline text="{escape(entry.body)}"/></outline>'
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>Tides</title></head>'
        f"<body>{_each(entries, one)}</body></opml>"
    )


def _ghost(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return json.dumps({
            "id": f"p{entry.number}", "title": entry.title, "html": entry.body, "status": "published",
            "published_at": entry.date, "tags": [{"name": tag} for tag in entry.tags],
        })  # fmt: skip

    return f'{{"db": [{{"meta": {{"version": "5.0"}}, "data": {{"posts": [{_each(entries, one, ",")}]}}}}]}}'


def _json_feed(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return json.dumps({
            "id": f"tide-{entry.number}", "url": f"https://tide.example/{entry.number}",
            "title": entry.title, "content_html": entry.body, "date_published": entry.date,
            "tags": entry.tags,
        })  # fmt: skip

    return (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", '
        f'"home_page_url": "https://tide.example", "items": [{_each(entries, one, ",")}]}}'
    )


def _backup(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        own_id = "post" + f"{entry.number:08}".translate(str.maketrans("0123456789", "abcdefghij"))
        held = {"source": 0, "format": "wxr", "standing": 3, "complete": True}
        own = {"blog": "Tides", "date": entry.date, "known": {"kind": 3}, "held": held}
        return json.dumps({
            "id": own_id, "url": f"https://tide.example/{entry.number}", "title": entry.title,
            "content_html": entry.body, "tags": entry.tags, "_blogsearch": own,
        })  # fmt: skip

    return (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "_blogsearch": {"layout": 1},'
        f'"items": [{_each(entries, one, ",")}]}}'
    )


def _blogger_api(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return json.dumps({
            "kind": "blogger#post", "id": str(entry.number), "blog": {"id": "6"}, "title": entry.title,
            "published": entry.date, "content": entry.body, "labels": entry.tags,
            "url": f"https://tide.example/{entry.number}",
        })  # fmt: skip

    return f'{{"kind": "blogger#postList", "items": [{_each(entries, one, ",")}]}}'


def _wordpress_api(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        terms = [{"id": 1, "name": tag, "taxonomy": "post_tag"} for tag in entry.tags]
        return json.dumps({
            "id": entry.number, "date_gmt": entry.date, "slug": f"tide-{entry.number}", "type": "post",
            "status": "publish", "link": f"https://tide.example/{entry.number}",
            "title": {"rendered": entry.title}, "content": {"rendered": entry.body},
            "_embedded": {"wp:term": [terms]},
        })  # fmt: skip

    return f"[{_each(entries, one, ',')}]"


def _tumblr(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        return json.dumps({
            "type": "text", "blog_name": "tides", "blog": {"name": "tides", "url": "https://tide.example/"},
            "id": entry.number, "post_url": f"https://tide.example/post/{entry.number}",
            "date": entry.date, "state": "published", "reblog_key": "x", "tags": entry.tags,
            "title": entry.title, "body": entry.body,
        })  # fmt: skip

    return (
        '{"meta": {"status": 200}, "response": {"blog": {"name": "tides", "title": "Tides"}, "posts": '
        f"[{_each(entries, one, ',')}]}}}}"
    )


def _quoted(*values: str) -> str:
    return ",".join('"' + value.replace('"', '""') + '"' for value in values)


def _beehiiv(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        url = f"https://tide.example/{entry.number}"
        return _quoted(
            str(entry.number), entry.title, "confirmed", ";".join(entry.tags), url, entry.body, entry.date
        )

    head = "id,web_title,status,content_tags,url,content_html,created_at"
    return f"{head}\n{_each(entries, one)}\n"


def _subscribers(entries: Sequence[Entry]) -> str:
    return f"email,name\n{_each(entries, lambda entry: _quoted('reader@tide.example', entry.body))}\n"


def _movable_type(entries: Sequence[Entry]) -> str:
    def one(entry: Entry) -> str:
        tags = "".join(f"CATEGORY: {tag}\n" for tag in entry.tags)
        return (
            f"AUTHOR: Ada\nTITLE: {entry.title}\nSTATUS: Publish\nDATE: {entry.date}\n{tags}-----\n"
            f"BODY:\n{entry.body}\n-----\n--------\n"
        )

    return _each(entries, one, "")


def _medium(entries: Sequence[Entry]) -> str:
    (entry,) = entries
    # Its footer stands first: below a text that never ends its elements it would be too deep to be one.
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><article class="h-entry">'
        f'<footer><p><time class="dt-published" datetime="{entry.date}">then</time>'
        '</p><p><a href="https://medium.com/p/0a1b2c3d4e5f" class="p-canonical">link</a></p></footer>'
        f'<header><h1 class="p-name">{entry.title}</h1></header>'
        f'<section data-field="body" class="e-content">{entry.body}</section></article></body></html>'
    )


def _front_matter(entries: Sequence[Entry]) -> str:
    (entry,) = entries
    tags = f"tags: [{', '.join(entry.tags)}]\n" if entry.tags else ""
    return f"---\ntitle: {entry.title}\ndate: {entry.date}\n{tags}---\n{entry.body}\n"


def _page(entries: Sequence[Entry]) -> str:
    (entry,) = entries
    tags = "".join(f'<meta property="article:tag" content="{tag}">' for tag in entry.tags)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{entry.title}</title>'
        '<link rel="canonical" href="https://tide.example/2012/03/tide.html">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{entry.title}">'
        f'<meta property="article:published_time" content="{entry.date}">{tags}</head>'
        f'<body><article class="h-entry"><h1 class="p-name">{entry.title}</h1>'
        f'<div class="e-content">{entry.body}</div></article></body></html>'
    )


def _plain_text(entries: Sequence[Entry]) -> str:
    (entry,) = entries
    return f"A Blog by Ada Low\n\nMar 4, 2012\n\n{entry.title}\n\nMore of the tides.\n\n{entry.body}\n"


def _comment_data(entries: Sequence[Entry]) -> str:
    (entry,) = entries
    return json.dumps({"_id": f"c{entry.number}", "name": "Max", "message": entry.body, "date": entry.date})


def _substack_rows(entries: Sequence[Entry]) -> str:
    head = "post_id,post_date,is_published,type,audience,title,subtitle"
    rows = _each(
        entries,
        lambda entry: _quoted(
            f"{entry.number}.tide", entry.date, "true", "newsletter", "everyone", entry.title, ""
        ),
    )
    return f"{head}\n{rows}\n"


_POST_BESIDE = {
    "beside.json": _json_feed([Entry(number=99)]).replace(
        "https://tide.example/99", "https://tide.example/beside"
    )
}

EXPORTS: Mapping[str, Export] = {
    "wxr": Export("export.xml", _wxr),
    "takeout": Export("feed.atom", _takeout, tagged=False),
    "blogger": Export("blog.xml", _blogger),
    "disqus": Export("disqus.xml", _disqus, _POST_BESIDE, comments=True, tagged=False),
    "blogsearch": Export("backup.json", _backup),
    "ghost": Export("export.json", _ghost),
    "blogml": Export("blogml.xml", _blogml),
    "livejournal": Export("journal.xml", _livejournal),
    "tumblr": Export("posts.json", _tumblr),
    "blogger-api": Export("posts.json", _blogger_api),
    "wordpress-api": Export("posts.json", _wordpress_api),
    "blogarchive": Export("archive.bar/feed.json", _json_feed, {"archive.bar/index.html": "<p>Tides"}),
    "jsonfeed": Export("feed.json", _json_feed),
    "feed": Export("feed.xml", _feed),
    "opml": Export("blog.opml", _opml),
    "medium": Export("2012-03-04_Tide-0a1b2c3d4e5f.html", _medium, many=False, tagged=False),
    "substack": Export(
        "posts/1.tide.html",
        lambda entries: entries[0].body,
        {"posts.csv": _substack_rows([Entry()])},
        many=False,
        tagged=False,
        dated=False,
    ),
    "beehiiv": Export("posts.csv", _beehiiv),
    "subscribers": Export("members.csv", _subscribers),
    "movabletype": Export("export.txt", _movable_type),
    "comments": Export(
        "_data/comments/tide/1.json",
        _comment_data,
        {"_posts/2012-03-04-tide.md": "---\ntitle: Tide\n---\nHigh water."},
        comments=True,
        many=False,
        tagged=False,
    ),
    "frontmatter": Export("2012-03-04-tide.md", _front_matter, many=False),
    "page": Export("tide.html", _page, many=False),
    "plaintext": Export("tide.txt", _plain_text, many=False, tagged=False, dated=False),
}
"""How each format writes, by its name."""

TUMBLR_IN_XML = Export("posts.xml", _tumblr_xml)
"""Version 1 of Tumblr's API, the other way in which its posts are kept."""

IN_XML: Mapping[str, Export] = {
    **{
        name: EXPORTS[name]
        for name in ("wxr", "takeout", "blogger", "disqus", "blogml", "livejournal", "feed", "opml")
    },
    "tumblr": TUMBLR_IN_XML,
}
"""Those in XML."""

IN_JSON: Mapping[str, Export] = {
    name: EXPORTS[name]
    for name in (
        *("blogsearch", "ghost", "tumblr", "blogger-api", "wordpress-api", "blogarchive", "jsonfeed"),
        "comments",
    )
}
"""Those in JSON."""

OF_POSTS: Mapping[str, Export] = {name: made for name, made in EXPORTS.items() if name != "subscribers"}
"""Those that have posts or comments."""
