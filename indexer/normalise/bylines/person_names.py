"""Whether words are the names of people: `Ann Lee, Bo E. Ray and Ludwig van Beethoven`."""

from __future__ import annotations

import re

_BETWEEN = re.compile(
    r"\s*,\s*(?:(?:and|und|et|y|e|ed|en|och|og|i|и|ja|&)\s+)?|\s+(?:and|und|et|y|e|ed|en|och|og|i|и|ja|&)\s+"
)
_MORE = re.compile(r",?\s+(?:et al\.?|and (?:colleagues|others)|u\. ?a\.)$")
_SUFFIX = re.compile(r",\s+(?=(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b)")
_PART = re.compile(r"(?:[^\W\d_](?:[\w.'\u2019\-]*[\w.])?)")
_MOST_PARTS = 5
_MOST_PEOPLE = 8


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    "al ap ben bin bint da das de del della den der di do dos du el ibn la las le los ten ter van von"
    " vom zu zum zur 't af av"
)
_NEVER_FIRST = _words(
    "a all also although an and another any anyone as at because both but by each even every everyone few"
    " first for from here he her his how however i if in it its last later like many more most my near no"
    " nobody none not now on one only or other others our perhaps several she since so some someone such"
    " that the their then there these they this those though thus to today we what when where which while"
    " who why with yesterday yet you your chapter section part figure table note update step next new"
    " der die das ein eine er sie es wir ich man wer wie le la les un une il elle on nous qui el los las"
    " una uno ella lo gli chi o os as um uma ele ela quem de het een hij zij wij wie"
)
_NEVER_IN_ONE = _words(  # what software, companies and bodies are called
    "agencies agency amazon android api app apple association authority browser bureau center centre"
    " chrome city class cloud code commission committee community company congress corporation council court"
    " data database department developers developer engine engineers engineer experts explorer federal"
    " firefox foundation framework github google government group house inc institute internet java"
    " kubernetes laboratory library linux ltd members microsoft ministry mozilla network news office"
    " officials open people platform press program project report reports research researchers"
    " safari scientists senate server service services software source spring states studio study"
    " system systems team teams technology united university users visual web windows workers world"
)


def person_names(names: str) -> tuple[str, ...]:
    """The names one by one; empty unless every one of them looks like a person's first and last name."""
    people = tuple(_BETWEEN.split(_SUFFIX.sub(" ", _MORE.sub("", names))))
    return people if len(people) <= _MOST_PEOPLE and all(map(_is_name, people)) else ()


def _is_name(name: str) -> bool:
    """Whether this has the shape of a first and last name: `Ludwig van Beethoven`, `J. K. Rowling`."""
    parts = name.split()
    if not 2 <= len(parts) <= _MOST_PARTS or parts[0].casefold() in _NEVER_FIRST:
        return False
    if any(part.casefold() in _NEVER_IN_ONE for part in parts):
        return False
    capitalised = [part for part in parts if _PART.fullmatch(part) and part[0].isupper()]
    others = [part for part in parts if part not in capitalised]
    return parts[-1] in capitalised and len(capitalised) >= 2 and all(part in _PARTICLES for part in others)
