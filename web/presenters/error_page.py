"""What went wrong as its page shows it: what happened, what to change, and where to go from here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, unquote, urlencode

from search.request import FACETS, MAX_QUERY_LENGTH
from web.language.voice import gettext, marked, ngettext
from web.presenters import words
from web.presenters.fields import Fields
from web.problems import UNKNOWN_HOST

FIRST_WORDS: Final = 20
"""How many words of too long a query are offered to be searched for."""

MAX_GUESSED: Final = 100
"""Characters of the words that an address is read as."""

_LABELS = {
    "q": marked("Search for"),
    "after": marked("From"),
    "before": marked("Until"),
    "date": marked("Date"),
    "page": marked("Page"),
    "size": marked("Results a page"),
    "sort": marked("Order"),
    "match": marked("Words"),
    "in": marked("Look in"),
}
"""What parameters are called that stand in no facet."""

_CORRECTED_HERE = ("q", "after", "before", "date")
"""Parameters that a reader typed, and can type anew."""

_ADVICE = {
    HTTPStatus.NOT_FOUND: marked("It may be here under another address: search for it."),
    HTTPStatus.METHOD_NOT_ALLOWED: marked("Go back to the page you came from, or begin anew."),
    HTTPStatus.MISDIRECTED_REQUEST: UNKNOWN_HOST.remedy,
    HTTPStatus.INTERNAL_SERVER_ERROR: marked(
        "Try again in a moment. Should it happen again, tell the owner of the site what you looked for."
    ),
}
_NO_WORD = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The address that was asked for: its path, and the parameters in the order they came."""

    path: str
    parameters: Sequence[tuple[str, str]]

    def value(self, name: str) -> str:
        """The first value of a parameter, empty where it has none."""
        return next((value for key, value in self.parameters if key == name), "")

    def but(self, *names: str) -> Fields:
        """The parameters but for these."""
        return tuple(pair for pair in self.parameters if pair[0] not in names)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A field with what was typed in it, and what is wrong with that; `is_long` is one for many lines."""

    name: str
    label: str
    value: str
    problem: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go from here."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ErrorView:
    """The page of an error.

    `text` is what the search box holds, and `box_fields` what goes with it. `field` is what can be corrected
    here, in a form that goes to `path` and keeps the `fields`. `reference` is what the owner of the site can
    look for in the log, empty where nothing is wrong with the site.
    """

    title: str
    lead: str
    advice: str
    text: str
    box_fields: Fields
    field: Correctable | None
    path: str
    fields: Fields
    ways: tuple[Way, ...]
    reference: str = ""


def error_view(
    asked: Asked,
    status: HTTPStatus,
    title: str,
    lead: str,
    *,
    parameter: str = "",
    again: str = "",
    retry: int = 0,
    request_id: str = "",
) -> ErrorView:
    """The page of what went wrong with what was asked.

    `parameter` names the one that was wrong, `again` is a path to begin again at, and in `retry` seconds it
    may work; each may be empty. `request_id` is what a reader can tell the owner of the site.
    """
    field = _field(asked, parameter, lead)
    text = _words(asked.path) if status is HTTPStatus.NOT_FOUND else asked.value("q")
    label = _label(parameter)
    return ErrorView(
        title=title,
        lead=_lead(field, label, lead),
        advice=_advice(status, field, retry),
        text=text,
        box_fields=asked.but("q", "page", parameter) if parameter else (),
        field=field,
        path=asked.path if asked.path.startswith("/facets/") else "/search",
        fields=asked.but(parameter, "page"),
        ways=(*((_reloading(asked),) if retry else ()), *_ways(asked, status, parameter, again, text)),
        reference=request_id,
    )


def _lead(field: Correctable | None, label: str, problem: str) -> str:
    if field:  # which says it
        return gettext("Correct it here; the rest of your search is kept.")
    return gettext("%(field)s: %(problem)s", field=label, problem=problem) if label else problem


def _advice(status: HTTPStatus, field: Correctable | None, retry: int) -> str:
    if field and (excess := len(field.value) - MAX_QUERY_LENGTH) > 0:
        return ngettext(
            "Leave out at least %(number)s character.",
            "Leave out at least %(number)s characters.",
            excess,
            number=words.number(excess),
        )
    if retry:
        return _waiting(retry)
    return gettext(_ADVICE[status]) if status in _ADVICE else ""


def _label(parameter: str) -> str:
    if not parameter:
        return ""
    if parameter in _LABELS:
        return gettext(_LABELS[parameter])
    facet = parameter.removeprefix("-")
    return words.facet_title(facet) if facet in FACETS else parameter


def _field(asked: Asked, parameter: str, problem: str) -> Correctable | None:
    if parameter not in _CORRECTED_HERE:
        return None
    return Correctable(parameter, _label(parameter), asked.value(parameter), problem, parameter == "q")


def _ways(asked: Asked, status: HTTPStatus, parameter: str, again: str, text: str) -> list[Way]:
    found: list[Way] = []
    if status is HTTPStatus.MISDIRECTED_REQUEST:  # every path of this name leads to the same refusal
        return found
    if again:
        found.append(Way(gettext("Begin again at the first page"), again))
    if parameter == "q":
        first = " ".join(text.split()[:FIRST_WORDS])[:MAX_QUERY_LENGTH]
        shorter = gettext("Search for its first words only: “%(words)s”", words=_cut(first))
        found.append(Way(shorter, _to("/search", (("q", first), *asked.but("q", "page")))))
    elif parameter:
        found.append(Way(gettext("Search without it"), _to(asked.path, asked.but(parameter))))
    if status is HTTPStatus.NOT_FOUND and text:
        found.append(Way(gettext("Search for “%(words)s”", words=text), _to("/search", (("q", text),))))
    return [*found, Way(gettext("Browse everything"), "/")]


def _reloading(asked: Asked) -> Way:
    return Way(gettext("Load this page again"), _to(asked.path, tuple(asked.parameters)))


def _to(path: str, parameters: Fields) -> str:
    # Two slashes, or one and a backslash, would lead to another site.
    address = "/" + quote(path.lstrip("/"))
    return f"{address}?{urlencode(parameters)}" if parameters else address


def _cut(text: str) -> str:
    return text if len(text) <= MAX_GUESSED else f"{text[: MAX_GUESSED - 1]}…"


def _words(path: str) -> str:
    """The words of the last part of a path that may have been the title of a post."""
    last = unquote(path).rstrip("/").rsplit("/", 1)[-1]
    is_id = path.startswith("/posts/") and path.count("/") == len("..")
    return "" if is_id else " ".join(_NO_WORD.split(last.rsplit(".", 1)[0])).strip()[:MAX_GUESSED]


def _waiting(seconds: int) -> str:
    return ngettext(
        "Try again in %(number)s second.",
        "Try again in %(number)s seconds.",
        seconds,
        number=words.number(seconds),
    )
