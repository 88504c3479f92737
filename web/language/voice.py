"""The language a reader is spoken to: one catalogue, and one way to write numbers and dates.

A string is marked for the catalogue where it stands: `gettext("Similar posts")`, `ngettext("%(number)s post",
"%(number)s posts", count, number=words.number(count))`, or `trans` in a template. The English text is the
key. Flask-Babel's functions of the same names lead here, too; these are typed, and take no time to speak of,
as a search page asks a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

from babel import Locale


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """How one kind of reader is spoken to; there is one object for each kind, so it is compared by identity.

    `locale` is the language, and what a page is said to be in. `formats` are its numbers and dates, which
    differ by country. `catalogue` has the sentences, none for English. `tag` is the language as HTML and HTTP
    name it (`de-AT`), `direction` where its lines run (`ltr`, `rtl`): both are on every result of a page.
    """

    locale: Locale
    formats: Locale
    catalogue: NullTranslations
    tag: str = field(init=False)
    direction: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tag", str(self.locale).replace("_", "-"))
        object.__setattr__(self, "direction", str(self.locale.text_direction))


ENGLISH = Voice(Locale.parse("en"), Locale.parse("en_GB"), NullTranslations())
"""English of no country in particular: the day before the month, and 24 hours a day."""

_SPEAKING: ContextVar[Voice] = ContextVar("voice", default=ENGLISH)


def speaking() -> Voice:
    """How the reader of the current request is spoken to; English where there is none."""
    return _SPEAKING.get()


def speak(voice: Voice) -> None:
    """Speak like this in the current thread from now on."""
    _SPEAKING.set(voice)


@contextmanager
def spoken(voice: Voice) -> Iterator[None]:
    """Speak like this for a while."""
    before = _SPEAKING.set(voice)
    try:
        yield
    finally:
        _SPEAKING.reset(before)


def gettext(text: str, /, **values: object) -> str:
    """The text in the reader's language, with the values in its places: `%(name)s`."""
    said = _SPEAKING.get().catalogue.gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The text for this many in the reader's language, which may have more forms than two."""
    said = _SPEAKING.get().catalogue.ngettext(one, many, count)
    return said % values if values else said


def pgettext(context: str, text: str, /, **values: object) -> str:
    """The text in the reader's language, where its English means something else in another context."""
    said = _SPEAKING.get().catalogue.pgettext(context, text)
    return said % values if values else said


def marked(text: str) -> str:
    """The text itself, noted for the catalogue: for tables of texts that `gettext` looks up later."""
    return text
