"""Whom a post quotes: the line `David Axe reports in Forbes:` over a quoted article.

Such a line is found by its wording, held as a table per language, and by its shape: names and
publication are capitalised and a colon ends it. A wrong guess puts a stranger's name on a post, which
costs more than no guess, so pronouns, single names, past tenses and places in a text ("in Chapter 3:")
are all passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_LINE = 120
"""A byline is at most this many characters; longer lines are sentences that quote someone."""

_PARAGRAPHS_LOOKED_AT = 12
_OPENING = 20_000  # characters in which the first paragraphs are looked for
_SURE_ENOUGH = 0.8  # in a text that may hold any kind of line


@dataclass(frozen=True, slots=True)
class Byline:
    """Whom a post quotes, and how sure that is (0 to 1)."""

    reporters: tuple[str, ...]
    publication: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to word a byline: `NAMES verb preposition [article] PUBLICATION:`."""

    verbs: str
    prepositions: str
    articles: str
    confidence: float


_WORDINGS = (
    _Wording(  # English; what may follow each verb differs: "comments on Trump:" names no publication
        "reports? writes? comments? explains?", "in for at", "the", 0.95
    ),
    _Wording("writes? posts? blogs?", "on", "the", 0.8),
    _Wording(
        "argues? notes? says? observes? asks? warns? describes? discusses? analy[sz]es? suggests? contends?"
        " opines? reveals?",
        "in",
        "the",
        0.85,
    ),
    _Wording("argues? notes? says? observes? asks? warns?", "at", "the", 0.7),
    _Wording(  # German
        "berichte[tn] schreib(?:t|en) kommentier(?:t|en) erklär(?:t|en) mein(?:t|en) warn(?:t|en)"
        " argumentier(?:t|en) analysier(?:t|en) frag(?:t|en)",
        "in im für bei auf",
        "der die das dem den",
        0.9,
    ),
    _Wording(  # French
        "rapporte(?:nt)? écri(?:t|vent) commente(?:nt)? explique(?:nt)? analyse(?:nt)? note(?:nt)?"
        " observe(?:nt)? affirme(?:nt)? raconte(?:nt)? avertit",
        "dans pour sur",
        "le la les",
        0.9,
    ),
    _Wording(  # Spanish
        "informan? escriben? comentan? explican? reportan? señalan? analizan? advierten? sostienen?",
        "en para",
        "el la los las",
        0.9,
    ),
    _Wording(  # Italian
        "scriv(?:e|ono) riportan?o? riporta commentan?o? commenta spiegan?o? spiega raccontan?o? racconta"
        " osserva avverte",
        "in su sul sulla sullo nel nella per",
        "il lo la",
        0.9,
    ),
    _Wording(  # Portuguese
        "escrevem? relatam? comentam? explicam? informam? noticiam? analisam? alertam?",
        "em no na nos nas para",
        "o a os as",
        0.9,
    ),
    _Wording(  # Dutch
        "schrij(?:ft|ven) mel(?:dt|den) berich(?:t|ten) zeg(?:t|gen) waarschu(?:wt|wen) betoogt",
        "in voor op bij",
        "de het",
        0.9,
    ),
)


def _pattern(wording: _Wording) -> re.Pattern[str]:
    verbs, prepositions, articles = (
        "|".join(words.split()) for words in (wording.verbs, wording.prepositions, wording.articles)
    )
    return re.compile(
        rf"(?P<names>.+?) (?:{verbs}) (?:{prepositions}) (?:(?:{articles}) |l['\u2019])?(?P<publication>.+)"
    )


_PATTERNS = tuple((_pattern(wording), wording.confidence) for wording in _WORDINGS)

_BETWEEN_NAMES = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|ed|en|&)\s+)?|\s+(?:and|und|et|y|e|ed|en|&)\s+")
_MORE_NAMES = re.compile(r",?\s+(?:et al\.?|and (?:colleagues|others)|u\. ?a\.)$")
_NAME_PART = re.compile(r"(?:[^\W\d_](?:[\w.'\u2019\-]*[\w.])?)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    "al ap ben bin bint da das de del della den der di do dos du el ibn la las le los ten ter van von"
    " vom zu zum zur 't af av"
)
_NEVER_A_NAME = _words(
    "a all also although an and another any anyone as at because both but by each even every everyone few"
    " first for from here he her his how however i if in it its last later like many more most my near no"
    " nobody none not now on one only or other others our perhaps several she since so some someone such"
    " that the their then there these they this those though thus to today we what when where which while"
    " who why with yesterday yet you your chapter section part figure table note update"
    " der die das ein eine er sie es wir ich man wer wie le la les un une il elle on nous qui el los las"
    " una uno ella lo gli chi o os as um uma ele ela quem de het een hij zij wij wie"
)
_NEVER_A_PUBLICATION = _words(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday"
    " chapter part section figure fig table appendix issue version release step page volume verse line"
    " english french german spanish italian portuguese dutch russian chinese japanese latin arabic"
    " his her their its my our your this that these those a an one two three which"
    " general particular detail summary short response reply addition conclusion public private"
)
_PUBLICATION = re.compile(r"[\w&+@.'\u2019/!\- ]{2,60}")
_LOWER_CASE_NAME = re.compile(r"\S*(?:[\w][.+/@][\w]|[a-z][A-Z])\S*")
_MOST_NAME_PARTS = 5
_MOST_PUBLICATION_WORDS = 8


def find_byline(line: str) -> Byline | None:
    """Read one whole line as a byline; None where it is anything else. White space is forgiven."""
    if len(line) > 2 * LONGEST_LINE:
        return None
    line = " ".join(line.split())
    if not line.endswith((":", "\uff1a")) or len(line) > LONGEST_LINE:
        return None
    line = line[:-1].rstrip()
    for pattern, confidence in _PATTERNS:
        if match := pattern.fullmatch(line):
            reporters = _reporters(match["names"])
            if reporters and _is_publication(match["publication"]):
                return Byline(reporters, match["publication"], confidence)
    return None


def find_byline_in(text: str) -> Byline | None:
    """The byline among a text's first paragraphs, where it stands on a line of its own; else None."""
    lines = (line for line in text[:_OPENING].splitlines() if line.strip())
    for _, line in zip(range(_PARAGRAPHS_LOOKED_AT), lines, strict=False):
        byline = find_byline(line)
        if byline and byline.confidence >= _SURE_ENOUGH:
            return byline
    return None


def _reporters(names: str) -> tuple[str, ...]:
    """The names one by one; empty unless every one of them looks like a person's."""
    reporters = tuple(_BETWEEN_NAMES.split(_MORE_NAMES.sub("", names)))
    return reporters if all(map(_is_name, reporters)) else ()


def _is_name(name: str) -> bool:
    """Whether this has the shape of a first and last name: `Ludwig van Beethoven`, `J. K. Rowling`."""
    parts = name.split()
    if not 2 <= len(parts) <= _MOST_NAME_PARTS or parts[0].casefold() in _NEVER_A_NAME:
        return False
    capitalised = [part for part in parts if _NAME_PART.fullmatch(part) and part[0].isupper()]
    others = [part for part in parts if part not in capitalised]
    return parts[-1] in capitalised and len(capitalised) >= 2 and all(part in _PARTICLES for part in others)


def _is_publication(name: str) -> bool:
    """Whether this looks like a newspaper, magazine, journal or site rather than the rest of a sentence."""
    words = name.split()
    if not _PUBLICATION.fullmatch(name) or len(words) > _MOST_PUBLICATION_WORDS:
        return False
    if words[0].casefold() in _NEVER_A_PUBLICATION:
        return False
    starts_well = words[0][0].isupper() or words[0][0].isdigit() or _LOWER_CASE_NAME.fullmatch(words[0])
    ends_well = words[-1][0].isupper() or words[-1][0].isdigit() or _LOWER_CASE_NAME.fullmatch(words[-1])
    return bool(starts_well and ends_well) and not name.isdigit()
