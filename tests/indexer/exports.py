"""Small exports, written for the tests that import them from end to end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Rain Gauge</title><link>https://rain.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version>
{items}
</channel></rss>
"""

_ITEM = """<item><title>{title}</title><link>https://rain.example/{number}</link>
<guid isPermaLink="false">https://rain.example/?p={number}</guid>
<dc:creator>mara</dc:creator><content:encoded><![CDATA[<p>{body}</p>]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2019-03-{number:02d} 08:00:00</wp:post_date_gmt>
<wp:post_type>post</wp:post_type><wp:status>{status}</wp:status>{comments}</item>"""

_COMMENT = """<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Ivo</wp:comment_author>
<wp:comment_date_gmt>2019-04-01 08:00:00</wp:comment_date_gmt><wp:comment_content>{body}</wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>"""


def item(number: int, title: str, body: str, *, status: str = "publish", comments: Sequence[str] = ()) -> str:
    """A WordPress post of March 2019, day `number`."""
    return _ITEM.format(number=number, title=title, body=body, status=status, comments="".join(comments))


def comment(number: int, body: str, *, approved: str = "1") -> str:
    """A comment under the item it is put in."""
    return _COMMENT.format(number=number, body=body, approved=approved)


def wordpress(path: Path, *items: str) -> str:
    """Write a WordPress export; returns its path."""
    path.write_text(_WXR.format(items="\n".join(items)), encoding="utf-8")
    return str(path)


def markdown(folder: Path, name: str, title: str, body: str) -> Path:
    """Write a post of a Markdown blog into the folder, dated by its name; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(f"---\ntitle: {title}\n---\n{body}\n", encoding="utf-8")
    return path


def json_feed(path: Path, *items: str) -> str:
    """Write a JSON Feed of these items, each as JSON; returns its path."""
    path.write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Tide Table",'
        f' "home_page_url": "https://tide.example", "items": [{", ".join(items)}]}}',
        encoding="utf-8",
    )
    return str(path)


def feed_item(number: int, text: str) -> str:
    """An item of a JSON Feed."""
    return (
        f'{{"id": "{number}", "url": "https://tide.example/{number}", "title": "Tide {number}",'
        f' "content_text": "{text}", "date_published": "2021-06-{number:02d}T08:00:00Z"}}'
    )
