"""Requests that nobody would make: queries by the grammar and out of bounds, parameters, bytes and headers.

The same seed draws the same requests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_from_bytes

from search.archive import Archive
from search.request import FACETS
from web.params import table

_WORD = re.compile(r"[^\W\d_]{2,}")
_POSTS = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive has, so that what is drawn finds something: words, values of facets and ids."""

    words: Sequence[str]
    values: Sequence[str]
    ids: Sequence[str]

    @classmethod
    def of(cls, data: Path) -> Known:
        """Read it from some posts of an archive."""
        with Archive.open(data) as archive:
            ids = [listed.id for listed in archive.listing(0, _POSTS)]
            posts = [archive.post(post_id).post for post_id in ids]
        words = sorted({word for post in posts for word in _WORD.findall(f"{post.title} {post.text}")})
        values = sorted({value for post in posts for value in (*post.tags, *post.authors, post.blog.name)})
        return cls(words, values or ["x"], ids)


@dataclass(frozen=True, slots=True)
class Request:
    """The bytes of a request, its method, and its target for whoever has to look at it."""

    method: str
    target: bytes
    headers: tuple[bytes, ...] = ()
    body: bytes = b""

    def encoded(self, host: str) -> bytes:
        """As it goes over the wire; a host among its own headers takes the place of this one."""
        named = any(line.lower().startswith(b"host:") for line in self.headers)
        lines = (*self.headers, *(() if named else (b"Host: " + host.encode(),)))
        return b"%s %s HTTP/1.1\r\n%s\r\n\r\n%s" % (
            self.method.encode(),
            self.target,
            b"\r\n".join(lines),
            self.body,
        )


FIELDS: tuple[str, ...] = (
    "title",
    "body",
    "author",
    "commenter",
    "tag",
    "blog",
    "publication",
    "reporter",
    "date",
    "after",
)
FIELDS += ("before", "in", "nothing", "")
ODD: tuple[str, ...] = (
    "\0",
    "\ud800",
    "\u202e",
    "a" + "\u0301" * 50,
    "\U0001f600" * 9,
    "ﬁ",
    "İ",
    "ß",
    "\ufeff",
    "\u2028",
    "'",
)
ODD += ("日本語の検索", "ไทย", "الورود", "<script>", "${7*7}", "../../etc/passwd", "%00", "x" * 300, "1e999")
NUMBERS = (
    "0",
    "1",
    "2",
    "-1",
    "1e3",
    "9" * 30,
    "10000",
    "10001",
    "",
    " ",
    "0x10",
    "1.5",
    "\u0661",
    "NaN",
    "100",
)
DATES = (
    "2019",
    "2019..2021",
    "..2020",
    "2024-02-30",
    "0000",
    "9999-12-31",
    "2020-1",
    "soon",
    "2019...",
    "-1",
)
ENDPOINTS: tuple[str, ...] = (
    "/search",
    "/search.json",
    "/search.atom",
    "/",
    "/search.jsonl",
    "/suggest.json",
    "/browse",
)
ENDPOINTS += ("/suggest/opensearch.json", "/sitemap-1.xml", "/readyz", "/static/page.js")
PARAMETERS = sorted({*table.FACET, *table.EXPORT, *table.SUGGEST, "nothing", "v"})
METHODS = ("HEAD", "POST", "OPTIONS", "PUT", "DELETE", "get", "QUERY")
HEADERS: Mapping[bytes, Sequence[bytes]] = {
    b"Accept-Encoding": (b"gzip", b"gzip;q=0, *;q=0", b"gzip," * 500, b"\xff;q=9", b"br, identity;q=0.1"),
    b"Accept-Language": (b"de", b"de-AT;q=0.9, *", b"../../etc", b"\xff\xfe", b"x-" * 900, b"en;q=nan"),
    b"If-None-Match": (b"*", b'W/"x"', b'"' * 50, b'"a",' * 300, b"\xff"),
    b"If-Modified-Since": (b"yesterday", b"Mon, 99 Foo 2999 00:00:00 GMT"),
    b"Range": (b"bytes=0-1", b"bytes=5-,9-9999999999999999999"),
    b"Origin": (b"null", b"https://evil.example", b"\xff"),
    b"Cookie": (b"a=b;" * 500, b"\xff=\x01"),
    b"Host": (b"evil.example", b"a b", b"localhost, localhost", b"[::1", b"\xff"),
    b"X-Forwarded-For": (b"203.0.113.1", b"\xff", b"unknown, _x"),
    b"Forwarded": (b"for=_x;host=evil.example;proto=gopher",),
    b"X-Request-ID": (b"x" * 5_000, b"\xff\xfe", b"<script>"),
    b"Access-Control-Request-Method": (b"GET", b"GET, PUT"),
    b"Content-Length": (b"0", b"-1", b"x", b"1" * 30),
    b"Connection": (b"close", b"keep-alive, x"),
}


class Draw:
    """One stream of requests about an archive."""

    def __init__(self, known: Known, seed: int) -> None:
        self._known = known
        self._random = Random(seed)

    def request(self) -> Request:
        """The next one."""
        drawn = self._random
        target = self._target().encode("utf-8", "surrogatepass")
        if drawn.random() < 0.15:
            target = self._mutated(target)
        names = drawn.sample([*HEADERS], drawn.choice((0, 0, 0, 0, 1, 1, 2, 5)))
        headers = tuple(name + b": " + drawn.choice(HEADERS[name]) for name in names)
        method = drawn.choice(METHODS) if drawn.random() < 0.05 else "GET"
        return Request(method, target, headers)

    def _target(self) -> str:
        drawn = self._random
        kind = drawn.random()
        if kind < 0.8:
            path = drawn.choices(ENDPOINTS, (30, 35, 8, 5, 0.5, 10, 1, 3, 0.2, 1, 1))[0]
        elif kind < 0.9:
            path = f"/facets/{drawn.choice((*FACETS, 'nothing'))}{drawn.choice(('', '.json'))}"
        else:
            part = drawn.choice((*self._known.ids[:20], *ODD, "zzzzzzzzzzz2"))
            path = f"/posts/{_quoted(part)}{drawn.choice(('', '.json', '.txt', '.bib', '/x'))}"
        pairs = [("q", self._query())] if drawn.random() < 0.9 else []
        pairs += [self._parameter() for _ in range(drawn.choice((0, 0, 0, 1, 1, 2, 3, 12)))]
        drawn.shuffle(pairs)
        return f"{path}?{'&'.join(f'{_quoted(name)}={_quoted(value)}' for name, value in pairs)}"

    def _parameter(self) -> tuple[str, str]:
        drawn = self._random
        name = drawn.choice(PARAMETERS)
        value = drawn.choice((
            drawn.choice(NUMBERS),
            drawn.choice(DATES),
            drawn.choice(ODD),
            drawn.choice(self._known.values),
            self._word(),
            drawn.choice(("relevance", "newest", "oldest", "comments", "any", "all", "posts", "none")),
            ",".join(drawn.choices((*FACETS, "nothing"), k=3)),
        ))  # fmt: skip
        return name, value

    def _query(self) -> str:
        shape = self._random.random()
        if shape < 0.01:
            return self._endless()
        return self._expression(self._random.choice((0, 1, 1, 2, 3, 5)))

    def _expression(self, depth: int) -> str:
        drawn = self._random
        if depth == 0:
            return self._leaf()
        parts = [self._expression(drawn.randrange(depth)) for _ in range(drawn.randint(1, 3))]
        joined = drawn.choice((" ", " ", " OR ", " AND ", " NOT ", " -", "  ", ")(")).join(parts)
        return drawn.choice(("{}", "{}", "({})", "-({})", "NOT {}", "({}", "{})", '"{}', "{}\\")).format(
            joined
        )

    def _leaf(self) -> str:
        word = self._word()
        field = self._random.choice(FIELDS)
        return self._random.choice((
            word,
            word,
            f"{word[:2]}*",
            f"?*{word[-2:]}*",
            "*",
            f"{word}~{self._random.choice(('', '1', '2', '9', '-1'))}",
            f'"{word} {self._word()}"~{self._random.choice(NUMBERS)}',
            f'"{word} {self._word()} {self._word()}"',
            f"{field}:{word}",
            f'{field}:"{self._random.choice(self._known.values)}"',
            f"{field}:{self._random.choice((*DATES, *NUMBERS))}",
            f"{word}^{self._random.choice(NUMBERS)}",
            f"[{word} TO {self._word()}]",
            self._random.choice(ODD),
        ))  # fmt: skip

    def _endless(self) -> str:
        word = self._word()
        return self._random.choice((
            " ".join(self._random.choices(self._known.words, k=64)),
            " OR ".join(f"*{chr(97 + n)}*" for n in range(26)),
            " ".join(f"{word}{n}~2" for n in range(60)),
            "(" * 64 + word,
            "(" * 65,
            '"' + " ".join([word] * 63) + '"',
            "NOT " * 240,
            f"{word} " * 65,
            word * 300,
            " OR ".join(f"{chr(97 + n)}*" for n in range(26)),
        ))  # fmt: skip

    def _word(self) -> str:
        return self._random.choice(self._known.words)

    def _mutated(self, target: bytes) -> bytes:
        """Some bytes replaced, removed, doubled or put in, but none that would end the line."""
        drawn, changed = self._random, bytearray(target)
        for _ in range(drawn.randint(1, 8)):
            at = drawn.randrange(1, len(changed) + 1)
            match drawn.randrange(4):
                case 0:
                    changed[at : at + 1] = drawn.randbytes(1)
                case 1:
                    del changed[at : at + drawn.randint(1, 9)]
                case 2:
                    changed[at:at] = changed[at : at + 20] * drawn.randint(1, 9)
                case _:
                    changed[at:at] = drawn.choice(
                        (b"%", b"%00", b"&", b"=", b"+", b"%ed%a0%80", b"%ff", b";")
                    )
        return bytes(changed[:8_000]).translate(None, b"\r\n \t\x0b\x0c") or b"/"


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass")) if not text.isascii() else quote(text)
