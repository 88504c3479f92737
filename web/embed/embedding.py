"""The script that puts the search box on any page of a blog, as the archive serves it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from web.assets.asset import Asset
from web.language.languages import TRANSLATIONS, Languages
from web.language.voice import gettext, ngettext, spoken

SOURCE = Path(__file__).with_name("blog-search.js")

HERE = "#"
"""Where in a text the script puts a number or a name."""

_ENOUGH = 1_000
"""Some number below this is of every plural form that a language's whole numbers have."""


@cache
def embedding() -> Asset:
    """The script, with the texts of every language that there is a catalogue of."""
    languages = Languages(TRANSLATIONS)
    said = {}
    for name in languages.names:
        locale = Locale.parse(name)
        with spoken(languages.voice(locale)):
            said[name.replace("_", "-")] = texts(locale)
    source = SOURCE.read_text(encoding="utf-8")
    given = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    return Asset(f"((languages) => {{\n{source}}})({given});\n".encode(), "text/javascript")


def texts(locale: Locale) -> dict[str, Any]:
    """What the box says, in the language spoken now, which is this one."""
    return {
        "label": gettext("Search the blog"),
        "search": gettext("Search"),
        "posts": _posts(locale),
        "nothing": gettext("Nothing was found. Try fewer words, or others."),
        "more": gettext("Show more"),
        "there": gettext("Continue in the archive"),
        "comment": gettext("Comment by %(name)s", name=HERE),
        "untitled": gettext("Untitled"),
        "anonymous": gettext("Anonymous"),
        "unreachable": gettext("The archive cannot be reached from this page."),
        "failed": gettext("The archive cannot answer now. Try again in a minute."),
    }


def _posts(locale: Locale) -> dict[str, str]:
    """How many posts, by the plural forms as `Intl.PluralRules` calls them (Unicode TR 35, part 3)."""
    counts: dict[str, int] = {}
    for count in range(_ENOUGH):
        counts.setdefault(locale.plural_form(count), count)
    shown = {
        form: ngettext("%(number)s post", "%(number)s posts", count, number=HERE)
        for form, count in counts.items()
    }
    return {"other": ngettext("%(number)s post", "%(number)s posts", 2, number=HERE), **shown}
