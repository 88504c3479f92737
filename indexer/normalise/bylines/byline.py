"""Whom a post quotes: the line `David Axe reports in Forbes:` over a quoted article.

Such a line is found by its wording (`byline_wordings`, language by language) and by its shape: names and
publication are capitalised and a colon ends it. Where the wording is loose ("via Nilay Patel at The
Verge:"), the publication has to be a known one (`publications`). A wrong guess puts a stranger's name on a
post, which costs more than no guess, so pronouns, single names and places in a text ("in Chapter 3:")
are all passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from indexer.normalise.bylines.person_names import person_names
from indexer.normalise.bylines.publications import ends_with_known, is_known
from indexer.normalise.bylines.wordings import REPORTING, WORDINGS, Wording

LONGEST_LINE = 120
"""A byline is at most this many characters; longer lines are sentences that quote someone."""

_PARAGRAPHS_LOOKED_AT = 12
_OPENING = 20_000  # characters in which the first paragraphs are looked for
_SURE_ENOUGH = 0.8  # in a text that may hold any kind of line
_STRONG = 0.9  # a wording that is hardly ever anything but a byline
_LOOSE = 0.85  # any wording around a known publication
_COLONS = (":", "\uff1a")


@dataclass(frozen=True, slots=True)
class Byline:
    """Whom a post quotes, and how sure that is (0 to 1)."""

    reporters: tuple[str, ...]
    publication: str
    confidence: float


def _alternatives(words: str) -> str:
    return "|".join(word.replace("_", " ") for word in words.split())


def _pattern(wording: Wording) -> re.Pattern[str]:
    preposition = rf"(?:{_alternatives(wording.prepositions)}) " if wording.prepositions else ""
    article = rf"(?:(?:{_alternatives(wording.articles)}) )?" if wording.articles else ""
    return re.compile(
        rf"(?P<names>.+?) (?:{_alternatives(wording.verbs)}) {preposition}{article}"
        r"(?:l['\u2019])?(?P<publication>.+)"
    )


_PATTERNS = tuple((_pattern(wording), wording.confidence) for wording in WORDINGS)
_WITH_KNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        # Any English verb, in the present or the past: "gushes in", "reported for".
        r"(?:As |as )?(?P<names>.+?) [a-z]{2,12}(?: (?:out|on|back))? (?:in|for|at) (?:the )?"
        r"(?P<publication>.+)",
        # No verb at all, or one that follows the names: "Via Ann Lee at", "Ann Lee, writing in".
        r"(?:(?:From|By|Via|According to|Reported by|As reported by) )?(?P<names>.+?),?"
        r" (?:(?:writing|reporting) )?(?:in|at|of|for) (?:the )?(?P<publication>.+)",
        r"(?:(?:From|By|Via) )?(?P<names>.+?), (?:the )?(?P<publication>.+)",
        rf"(?:The |the )?(?P<publication>.+)['\u2019]s (?P<names>.+?) (?:{_alternatives(REPORTING)})",
    )
)
_BY_ITSELF = re.compile(rf"(?P<publication>.+?) (?:{_alternatives(REPORTING)})")

_QUOTES = "«»„“”\"'‘’\u2039\u203a"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_A_PUBLICATION = _words(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday"
    " chapter part section figure fig table appendix issue version release step page volume verse line"
    " english french german spanish italian portuguese dutch russian chinese japanese latin arabic"
    " his her their its my our your this that these those a an one two three which"
    " general particular detail summary short response reply addition conclusion public private comments"
    " java javascript typescript python rust ruby php perl windows linux macos android ios slack github jira"
)
_PUBLICATION = re.compile(r"[\w&+@.'\u2019/!\- ]{2,60}")
_LOWER_CASE_NAME = re.compile(r"\S*(?:[\w][.+/@][\w]|[a-z][A-Z])\S*")
_KINDS = re.compile(r" (?:blog|magazine|newsletter|podcast|column|website)$")
_MOST_PUBLICATION_WORDS = 8


def find_byline(line: str) -> Byline | None:
    """Read one whole line as a byline; None where it is anything else. White space is forgiven."""
    if len(line) > 2 * LONGEST_LINE or not line.rstrip().endswith(_COLONS):
        return None
    line = " ".join(line.split())
    if len(line) > LONGEST_LINE:
        return None
    return _read(line[:-1].rstrip())


def find_byline_in(text: str) -> Byline | None:
    """The byline among a text's first paragraphs, where one of them is it or begins with it; else None."""
    for line in islice(_paragraphs(text), _PARAGRAPHS_LOOKED_AT):
        byline = find_byline(line) or _without_colon(line) or _in_front(line)
        if byline and byline.confidence >= _SURE_ENOUGH:
            return byline
    return None


def _paragraphs(text: str) -> Iterator[str]:
    """The lines of the opening that are not blank, one by one, as few of them are looked at."""
    start, end = 0, min(len(text), _OPENING)
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if line := text[start:stop].strip():
            yield line
        start = stop + 1


def _without_colon(line: str) -> Byline | None:
    """A line that is a byline but for the colon, where its wording and its publication leave no doubt."""
    return _beyond_doubt(line) if len(line) <= LONGEST_LINE else None


def _in_front(line: str) -> Byline | None:
    """A byline that its text follows in the same paragraph: `David Axe reports in Forbes: Despite …`."""
    start, colon, _ = line[: LONGEST_LINE + 2].partition(": ")
    return _beyond_doubt(start) if colon else None


def _beyond_doubt(line: str) -> Byline | None:
    """A byline in a strong wording, of a known publication; that it is one is still not quite sure."""
    if not ends_with_known(line):
        return None
    byline = _worded(" ".join(line.split()))
    if byline and byline.confidence >= _STRONG and is_known(byline.publication):
        return replace(byline, confidence=_LOOSE)
    return None


def _read(line: str) -> Byline | None:
    return _worded(line) or _around_known(line)


def _worded(line: str) -> Byline | None:
    """A byline in one of the wordings, of any publication."""
    for pattern, confidence in _PATTERNS:
        if match := pattern.fullmatch(line):
            publication = match["publication"].strip(_QUOTES)
            reporters = person_names(match["names"])
            if reporters and _is_publication(publication):
                return Byline(reporters, publication, confidence)
    return None


def _around_known(line: str) -> Byline | None:
    """A byline in any wording, of a publication that is known."""
    for pattern in _WITH_KNOWN:
        match = pattern.fullmatch(line)
        reporters = person_names(match["names"]) if match and is_known(match["publication"]) else ()
        if match and reporters:
            return Byline(reporters, match["publication"], _LOOSE)
    if (match := _BY_ITSELF.fullmatch(line)) and is_known(match["publication"]):
        return Byline((), match["publication"], _LOOSE)
    return None


def _is_publication(name: str) -> bool:
    """Whether this looks like a newspaper, magazine, journal or site rather than the rest of a sentence."""
    words = _KINDS.sub("", name).split()
    if not words or not _PUBLICATION.fullmatch(name) or len(words) > _MOST_PUBLICATION_WORDS:
        return False
    if words[0].casefold() in _NEVER_A_PUBLICATION:
        return False
    starts_well = words[0][0].isupper() or words[0][0].isdigit() or _LOWER_CASE_NAME.fullmatch(words[0])
    ends_well = words[-1][0].isupper() or words[-1][0].isdigit() or _LOWER_CASE_NAME.fullmatch(words[-1])
    return bool(starts_well and ends_well) and not name.isdigit()
