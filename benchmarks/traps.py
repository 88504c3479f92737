"""Texts that make careless parsers slow: each is one piece, repeated as often as wanted.

In a piece `№` is the number of the repetition, and `№+` that of the next one.
"""

# ruff: noqa: E501 - a table reads better with a trap in one line

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trap:
    """Text that repeats until it has the size: what stands before it, the piece, and what stands after."""

    name: str
    piece: str
    before: str = ""
    after: str = ""

    def of(self, size: int) -> str:
        """The trap in about so many characters."""
        times = max(1, (size - len(self.before) - len(self.after)) // len(self.piece))
        return self.before + self._repeated(times) + self.after

    def _repeated(self, times: int) -> str:
        if "№" not in self.piece:
            return self.piece * times
        return "".join(
            self.piece.replace("№+", str(number + 1)).replace("№", str(number)) for number in range(times)
        )


HTML = (
    Trap("nested divs", "<div>"), Trap("nested and closed", "<div>x</div><p>"), Trap("tags in tags", "<a <"),
    Trap("open tags", "<a "), Trap("comments", "<!-- "), Trap("comment ends", "--!> -->"), Trap("CDATA", "<![CDATA["),
    Trap("ampersands", "&"), Trap("like entities", "&amp"), Trap("numbers", "&#1"), Trap("attributes", "a=1 ", "<p "),
    Trap("long value", "x", '<a href="', '">'), Trap("tables", "<table><tr><td>"), Trap("lists", "<ul><li>"),
    Trap("quotations", "<blockquote>"), Trap("bold", "<b><i>"), Trap("links", '<a href="http://a.example/b">'),
    Trap("ended tags", "</p>"), Trap("long word", "x"), Trap("spaces", " "), Trap("lines", "\n"),
    Trap("spaces between words", " ", "a", "b\nc"), Trap("templates", "<template>"), Trap("SVG", "<svg><title>"),
    Trap("forms", "<select><option>"), Trap("processing", "<?x "), Trap("declarations", "<!x "), Trap("quotes", "<p a='"), Trap("shortcodes", "[a"),
    Trap("closed shortcodes", "[a]x[/a]"), Trap("captions", "[caption "), Trap("accents", "e\u0301"),
    Trap("scripts", "<script>"), Trap("structured data", '{"a":', '<script type="application/ld+json">'),
    Trap("comments of a page", '<div class="comment"><p class="author">A</p><p>x</p></div>', '<div id="comments">'),
    Trap("many attributes", "a№=1 ", "<p ", ">x"),
    Trap("nested comments", '<li class="comment">x<ul>', '<div id="comments"><ul>'),
)  # fmt: skip

MARKDOWN = (
    Trap("quotes", "> "), Trap("lists", "- "), Trap("numbered", "1. "), Trap("brackets", "["), Trap("images", "![]("),
    Trap("links", "[a]("), Trap("emphasis", "*a **"), Trap("underscores", "_a "), Trap("code", "`"),
    Trap("backticks", "`a``"), Trap("fences", "```\n"), Trap("tables", "|a|b\n|-|-\n"), Trap("columns", "|", "a|b\n-|-\n"),
    Trap("references", "[a]: b\n"), Trap("angle", "<a"), Trap("autolinks", "<http://"), Trap("escapes", "\\["),
    Trap("strikes", "~~a"), Trap("headings", "# a\n"), Trap("rules", "a\n---\n"), Trap("indents", " "),
    Trap("liquid", "{% raw %}"), Trap("braces", "{{"), Trap("hugo", "{{< a "),
)  # fmt: skip

FRONT_MATTER = (
    Trap("aliases", "- *a\n", "---\na: &a [x, x]\nb:\n", "---\n"), Trap("keys", "a: b\n", "---\n", "---\n"),
    Trap("nested lists", "[", "---\na: ", "\n---\n"), Trap("indents", " a:\n ", "---\n", "---\n"),
    Trap("TOML keys", "a = 1\n", "+++\n", "+++\n"), Trap("TOML tables", "[a.b.c]\n", "+++\n", "+++\n"),
    Trap("JSON", '{"a":', ""), Trap("never closed", "a: b\n", "---\n"), Trap("fences", "---\n"),
    Trap("nested items", "- ", "---\na:\n  ", "x\n---\n"), Trap("nested objects", "{a: ", "---\na: ", "\n---\n"),
    Trap("header lines", "a: b\n"), Trap("quotes", "'", "---\na: ", "\n---\n"), Trap("comment", "<!-- ", ""),
)  # fmt: skip

JSON = (
    Trap("lists", "["), Trap("objects", '{"a":'), Trap("strings", '"a",', '{"items":['), Trap("quotes", '\\"', '{"items":["'),
    Trap("digits", "1", '{"items":['), Trap("bad items", "{x},", '{"items":[', "]}"), Trap("items", "{},", '{"items":[', "{}]}"),
    Trap("commas", ",", '{"items":['), Trap("escapes", "\\u0041", '{"items":["'), Trap("closing", "]"),
)  # fmt: skip

XML = (
    Trap("comments", "<!--"), Trap("CDATA", "<![CDATA["), Trap("ends of CDATA", "]]>"), Trap("joined CDATA", "]]><![CDATA["),
    Trap("ampersands", "&"), Trap("references", "&nbsp;"), Trap("openings", "<"), Trap("attributes", ' a="b"', "<x"),
    Trap("many attributes", ' a№="b"', "<x", "/>"), Trap("many namespaces", ' xmlns:a№="b№"', "<x", "/>"),
    Trap("namespaces", '<a:b xmlns:a="c">'), Trap("nested", "<b>"), Trap("endings", "</b>"), Trap("spaces", " "),
)  # fmt: skip

TEXT = (
    Trap("long word", "x"), Trap("spaces", " "), Trap("lines", "\n"), Trap("digits", "1"), Trap("dashes", "-"),
    Trap("names", "Ada Low, "), Trap("verbs", "reports in "), Trap("and", " and "), Trap("colons", ": "),
    Trap("capitals", "A"), Trap("dots", "A. "), Trap("quotes", "\""), Trap("accents", "e\u0301"), Trap("slashes", "1/"),
    Trap("months", "Mar "), Trap("commas", ", "),
)  # fmt: skip

_WXR = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
)
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">'
_BLOGGER_KIND = (
    '<category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#{}"/>'
)

WHOLE_FILES: dict[str, tuple[str, tuple[Trap, ...]]] = {
    "wxr": ("a.xml", (
        Trap("items", "<item><title>x</title></item>", _WXR), Trap("unclosed items", "<item>", _WXR),
        Trap("tags", "<category>x</category>", _WXR + "<item>", "</item></channel></rss>"),
        Trap("comments", "<wp:comment><wp:comment_content>x</wp:comment_content></wp:comment>",
             _WXR + "<item>", "</item></channel></rss>"),
        Trap("authors", "<wp:author><wp:author_login>x</wp:author_login></wp:author>", _WXR),
        *(Trap(f"{trap.name} in an item", trap.piece, _WXR + "<item><title>", "</title></item></channel></rss>")
          for trap in XML),
    )),
    "takeout": ("feed.atom", (Trap("categories", '<category term="№"/>', _ATOM + "<entry>", "</entry></feed>"), Trap(
        "entries", "<entry><blogger:type>COMMENT</blogger:type><blogger:parent>1</blogger:parent></entry>",
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'),)),
    "blogger": ("blog.xml", (Trap(
        "categories", '<category term="№"/>', f"{_ATOM}<entry>{_BLOGGER_KIND.format('post')}", "</entry></feed>"), Trap(
        "comments before posts", f"<entry>{_BLOGGER_KIND.format('comment')}<content>x</content></entry>", _ATOM),)),
    "disqus": ("d.xml", (
        Trap("chain of parents", '<post dsq:id="1"><message>x</message><parent dsq:id="1"/><thread dsq:id="1"/></post>',
             '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'),
        Trap("long chain of parents",
             '<post dsq:id="№+"><message>x</message><parent dsq:id="№"/><thread dsq:id="0"/></post>',
             '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">', "</disqus>"),
        Trap("threads", '<thread dsq:id="1"><link>http://a.example/</link></thread>',
             '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'))),
    "blogml": ("b.xml", (Trap("posts", '<post id="1"><content>x</content></post>',
                              '<blog xmlns="http://www.blogml.com/2006/09/BlogML"><posts>'),)),
    "livejournal": ("l.xml", (Trap("entries", "<entry><event>x</event></entry>", "<livejournal>"),)),
    "feed": ("feed.xml", (
        Trap("items", "<item><title>x</title></item>", "<rss><channel>", "</channel></rss>"),
        Trap("entries", "<entry><title>x</title></entry>", _ATOM, "</feed>"),
        Trap("categories", "<category>№</category>", "<rss><channel><item>", "</item></channel></rss>"),
        Trap("long author", "a", "<rss><channel><item><author>", "</author></item></channel></rss>"),
        Trap("long address", "a.", "<rss><channel><item><author>a@", "</author></item></channel></rss>"),
        *(Trap(f"{trap.name} of an item", trap.piece, f"<rss><channel><item>{trap.before}",
               f"{trap.after}</item></channel></rss>") for trap in XML if trap.name.startswith("many")),
        *(Trap(f"{trap.name} in an item", trap.piece, "<rss><channel><item><description>",
               "</description></item></channel></rss>") for trap in XML))),
    "opml": ("o.opml", (
        Trap("nested", '<outline text="x">', "<opml><body>"),
        Trap("outlines", '<outline text="x"/>', "<opml><body>", "</body></opml>"),
        Trap("attributes", ' a="b"', "<opml><body><outline"), Trap("quotes", '"', "<opml><body><outline text="))),
    "ghost": ("g.json", (Trap("rows", '{"id":1,"html":"x","status":"published"},', '{"db":[{"data":{"posts":['),)),
    "wordpress-api": ("p.json", tuple(
        Trap(f"embedded {name}", piece, '[{"id":1,"date_gmt":"2012-03-04T08:00:00","type":"post","link":"https://a.example/",'
             '"title":{"rendered":"x"},"content":{"rendered":"y"},"_embedded":{"wp:term":[', "{}]}}]")
        for name, piece in (("numbers", "1,"), ("lists", "[],"), ("terms", '{"name":"a№","taxonomy":"post_tag"},')))),
    "jsonfeed": ("feed.json", (Trap(
        "items", '{"id":1,"content_html":"x"},', '{"version":"https://jsonfeed.org/version/1.1","items":['),)),
    "beehiiv": ("p.csv", (Trap("quotes", '"', "id,web_title,status,content_html\n"),
                          Trap("rows", 'a,b,c,d\n', "id,web_title,status,content_html\n"))),
    "movabletype": ("m.txt", (
        Trap("dashes", "-----\n", "AUTHOR: A\nTITLE: x\n"), Trap("entries", "--------\n", "AUTHOR: A\nTITLE: x\n-----\nBODY:\n"),
        Trap("comments", "-----\nCOMMENT:\nAUTHOR: B\nx\n", "AUTHOR: A\nTITLE: x\n-----\nBODY:\nx\n"),
        Trap("bodies", "-----\nBODY:\n", "AUTHOR: A\nTITLE: x\n"), Trap("keys", "A: b\n", "AUTHOR: A\nTITLE: x\n"))),
    "plaintext": ("p.txt", tuple(Trap(f"{trap.name}", trap.piece, "A Blog by Ada Low\n\nMar 4, 2012\n\nTitle\n\n")
                                 for trap in (*TEXT, Trap("comments", "Ada said...\nx\nMar 4, 2012 at 1:00 PM\n")))),
    "page": ("p.html", tuple(Trap(trap.name, trap.piece, f"<!DOCTYPE html><title>x</title>{trap.before}", trap.after)
                             for trap in HTML)),
}  # fmt: skip


_RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 45\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx\r\n\r\n"
)
WARC = (
    Trap("tiny records", _RECORD),
    Trap("headers", "A: b\r\n", "WARC/1.0\r\n"),
    Trap("noise", "WARC", _RECORD),
)
