"""Why a result is among the results, in words."""

from __future__ import annotations

from collections.abc import Iterator

from search.request import MatchMode
from search.results import Fragments, Hit, Reason
from search.text.words import fold
from web.language.voice import gettext, marked
from web.presenters import words

_PLACES = {
    "title": marked("the title"),
    "body": marked("the text"),
    "comments": marked("a comment"),
    "tag": marked("the tags"),
    "author": marked("the authors"),
    "blog": marked("the name of the blog"),
    "publication": marked("the publication quoted"),
    "reporter": marked("the reporters quoted"),
    "language": marked("the language"),
}


def reasons(hit: Hit, match: MatchMode) -> tuple[str, ...]:
    """Where each word of the query is: `“ferry” in the title and the text`, `“tide” (as tides) in a comment`.

    Words of the same places are said together. Nothing is said where the words marked in the result show it:
    of a single word, and of words that are all there as they were typed.
    """
    if not _tells_anything(hit, match):
        return ()
    together: dict[tuple[str, ...], list[str]] = {}
    for reason in hit.reasons:
        together.setdefault(reason.places, []).append(_named(reason))
    # What a post does not have comes last.
    return tuple(
        _said(named, places) for places, named in sorted(together.items(), key=lambda group: not group[0])
    )


def _tells_anything(hit: Hit, match: MatchMode) -> bool:
    marked_words = set(_marked_in(hit))
    if match is MatchMode.ANY or not marked_words:
        return True
    plain = (fold(reason.text) in marked_words and not _others(reason) for reason in hit.reasons)
    return len(hit.reasons) > 1 and not all(plain)


def _marked_in(hit: Hit) -> Iterator[str]:
    passages: list[Fragments] = [hit.title, *(snippet.fragments for snippet in hit.snippets)]
    passages += [snippet.fragments for comment in hit.comments for snippet in comment.snippets]
    return (fold(fragment.text) for passage in passages for fragment in passage if fragment.matched)


def _others(reason: Reason) -> tuple[str, ...]:
    return tuple(form for form in reason.forms if fold(form) != fold(reason.text))


def _named(reason: Reason) -> str:
    forms = _others(reason)
    if not forms:
        return gettext("“%(word)s”", word=reason.text)
    if len(forms) < len(reason.forms):
        return gettext("“%(word)s” (also as %(forms)s)", word=reason.text, forms=words.both(forms))
    return gettext("“%(word)s” (as %(forms)s)", word=reason.text, forms=words.both(forms))


def _said(named: list[str], places: tuple[str, ...]) -> str:
    if not places:
        return gettext("not %(words)s", words=words.either(named))
    where = words.both(gettext(_PLACES[place]) for place in places)
    return gettext("%(words)s in %(places)s", words=words.both(named), places=where)
