"""What Mozilla's HTTP Observatory would say of an answer.

The tests, their modifiers and the grades are those of
https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (in code:
https://github.com/mdn/mdn-http-observatory, src/grader/charts.js and src/analyzer/tests), where they can be
told from one answer. What needs more than that is taken to be as it is behind a web server that speaks TLS:
http redirects to https on the same host (0), and the host is in no list of preloaded ones.

A site begins with 100. Penalties are taken off first; what is 90 or more then gets its bonuses. It is never
less than 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

BASELINE, FOR_BONUSES = 100, 90
GRADES = (
    (100, "A+"),
    (90, "A"),
    (85, "A-"),
    (80, "B+"),
    (70, "B"),
    (65, "B-"),
    (60, "C+"),
    (50, "C"),
    (45, "C-"),
    (40, "D+"),
    (30, "D"),
    (25, "D-"),
    (0, "F"),
)
SIX_MONTHS = 15_552_000
"""Seconds; the Observatory's own generous count of half a year."""

PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OTHER_REFERRERS = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer by https: its headers, and the text of a page."""

    headers: Headers
    text: str = ""

    @classmethod
    def of(cls, response: TestResponse) -> Answer:
        """What a test client was answered; only of a page is the text looked at."""
        return cls(response.headers, response.text if response.mimetype == "text/html" else "")


Test = Callable[[Answer], int]


@dataclass(frozen=True, slots=True)
class Report:
    """The score, and by how much each test changed it."""

    score: int
    modifiers: Mapping[str, int]

    @property
    def grade(self) -> str:
        """The score as a letter."""
        return next(grade for least, grade in GRADES if self.score >= least)


def policy(headers: Headers) -> dict[str, set[str]]:
    """The directives of all policies of an answer together: their sources, by name, in lower case."""
    found: dict[str, set[str]] = {}
    for directive in ";".join(headers.getlist("Content-Security-Policy")).lower().split(";"):
        if words := directive.split():
            found.setdefault(words[0], set(words[1:]))
    return found


def content_security_policy(answer: Answer) -> int:
    """The worst that its policy has, else the best."""
    given = policy(answer.headers)
    if not given:
        return -25
    default = given.get("default-src", {"*"})
    scripts, objects, styles = (given.get(f"{kind}-src", default) for kind in ("script", "object", "style"))
    passive = set().union(*(given.get(name, default) for name in PASSIVE))
    active = set().union(scripts, *(sources for name, sources in given.items() if name not in PASSIVE))
    worst = (
        (-20, scripts & (BROAD | INLINE) or objects & BROAD),
        (-20, _insecure(active)),
        (-10, "'unsafe-eval'" in scripts | styles),
        (-10, _insecure(passive)),
        (0, styles & (BROAD | INLINE)),
        (10, default == {"'none'"} and given.get("form-action", BROAD) <= {"'none'", "'self'"}),
    )
    return next((modifier for modifier, is_so in worst if is_so), 5)


def _insecure(sources: set[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def cookies(answer: Answer) -> int:
    """The worst of the cookies that are set."""
    return min((_cookie(line, answer) for line in answer.headers.getlist("Set-Cookie")), default=0)


def _cookie(line: str, answer: Answer) -> int:
    pair, *attributes = (part.strip().lower() for part in line.split(";"))
    name, flags = pair.partition("=")[0], dict(part.partition("=")[::2] for part in attributes)
    is_session = "login" in name or "sess" in name
    encrypted = strict_transport_security(answer) >= 0
    if is_session and "secure" not in flags:
        return -10 if encrypted else -40
    if is_session and "httponly" not in flags:
        return -30
    if "samesite" in flags and flags["samesite"] not in ("lax", "strict", "none"):
        return -20
    if "csrf" in name and "samesite" not in flags:
        return -20
    if "secure" not in flags:
        return -5 if encrypted else -20
    return 5 if "samesite" in flags else 0


def cross_origin_resource_sharing(answer: Answer) -> int:
    """Whether other sites may ask with a reader's own rights."""
    return -50 if answer.headers.get("Access-Control-Allow-Credentials", "").lower() == "true" else 0


def strict_transport_security(answer: Answer) -> int:
    """For how long browsers are to come back encrypted only."""
    given = answer.headers.get("Strict-Transport-Security", "")
    ages = [part.strip()[8:] for part in given.lower().split(";") if part.strip().startswith("max-age=")]
    if "," in given or len(ages) != 1 or not ages[0].isdigit():
        return -20
    return 0 if int(ages[0]) >= SIX_MONTHS else -10


def referrer_policy(answer: Answer) -> int:
    """What other sites learn of where a reader came from; of several policies the last one that is known."""
    given = answer.headers.get("Referrer-Policy", "").lower()
    if not given:
        return 0
    known = [
        word for part in given.split(",") if (word := part.strip()) in PRIVATE_REFERRERS | OTHER_REFERRERS
    ]
    return 5 if known and known[-1] in PRIVATE_REFERRERS else -5


def subresource_integrity(answer: Answer) -> int:
    """Whether scripts of elsewhere are what they were; those of the site itself need no proof."""
    scripts = LexborHTMLParser(answer.text).css("script[src]") if answer.text else []
    return min((_script(script.attributes) for script in scripts), default=0)


def _script(attributes: Mapping[str, str | None]) -> int:
    source, proven = attributes["src"] or "", bool(attributes.get("integrity"))
    if source.startswith(("http://", "//")):
        return -20 if proven else -50
    if source.startswith("https://"):
        return 5 if proven else -5
    return 5 if proven else 0


def x_content_type_options(answer: Answer) -> int:
    """Whether browsers believe the type that is said."""
    return 0 if answer.headers.get("X-Content-Type-Options", "").lower() == "nosniff" else -5


def x_frame_options(answer: Answer) -> int:
    """Whether other sites may show it in a frame."""
    if "frame-ancestors" in policy(answer.headers):
        return 5
    given, _ = parse_options_header(answer.headers.get("X-Frame-Options", "").lower())
    return 0 if given in ("deny", "sameorigin") or given.startswith("allow-from") else -20


def cross_origin_resource_policy(answer: Answer) -> int:
    """Whether other sites may load it."""
    given = answer.headers.get("Cross-Origin-Resource-Policy", "").lower()
    return {"": 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(given, -5)


def redirection(answer: Answer) -> int:
    """Where an answer leads elsewhere, that it is not to what is not encrypted."""
    return -20 if answer.headers.get("Location", "").startswith("http:") else 0


TESTS: Mapping[str, Test] = {
    "content-security-policy": content_security_policy,
    "cookies": cookies,
    "cross-origin-resource-sharing": cross_origin_resource_sharing,
    "redirection": redirection,
    "referrer-policy": referrer_policy,
    "strict-transport-security": strict_transport_security,
    "subresource-integrity": subresource_integrity,
    "x-content-type-options": x_content_type_options,
    "x-frame-options": x_frame_options,
    "cross-origin-resource-policy": cross_origin_resource_policy,
}


def report(answer: Answer) -> Report:
    """The score of an answer."""
    modifiers = {name: test(answer) for name, test in TESTS.items()}
    score = BASELINE + sum(modifier for modifier in modifiers.values() if modifier < 0)
    if score >= FOR_BONUSES:
        score += sum(modifier for modifier in modifiers.values() if modifier > 0)
    return Report(max(score, 0), modifiers)
