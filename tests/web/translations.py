"""`make translations`: what the code and templates say to readers, brought into every catalogue.

    python -m tests.web.translations [LANGUAGE ...]

A language that has no catalogue yet gets one to fill in. Texts that nothing says any more are dropped, and
new ones wait without a translation.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

from web.language.languages import CATALOGUE, TRANSLATIONS

ROOT = Path(__file__).parents[2]
SAYING = (("search/**/*.py", "python"), ("web/**/*.py", "python"), ("web/templates/**/*.html", "jinja2"))
"""Which files say something to readers, and how it is found in them."""

KEYWORDS = {**DEFAULT_KEYWORDS, "marked": None, "message": (1,)}
"""The functions that a text for readers is given to."""

OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
"""How templates are read: as the application does, and a faulty one is an error."""


def extracted() -> Catalog:
    """Everything that is said to readers, with the files that say it."""
    found = Catalog(project="blogsearch", fuzzy=False)
    for pattern, method in SAYING:
        for file in sorted(ROOT.glob(pattern)):
            name = file.relative_to(ROOT).as_posix()
            for _, text, comments, context in extract_from_file(
                method,
                file,
                keywords=KEYWORDS,
                comment_tags=("Translators:",),
                options=OPTIONS if method == "jinja2" else {},
                strip_comment_tags=True,
            ):
                found.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def brought_up(file: Path, language: str, said: Catalog) -> Catalog:
    """A language's catalogue with exactly what is said now; a new one where there is no file."""
    catalogue = Catalog(language, project="blogsearch", fuzzy=False)
    if file.is_file():
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=language)
    catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no translation, or one that nobody has looked over yet (fuzzy)."""
    return [str(each.id) for each in catalogue if each.id and (each.fuzzy or not _is_whole(each))]


def _is_whole(each: Message) -> bool:
    return all(each.string) if isinstance(each.string, tuple) else bool(each.string)


def main(languages: list[str]) -> None:
    """Bring every catalogue up to what is said now."""
    said = extracted()
    known = [file.parent.parent.name for file in TRANSLATIONS.glob(f"*/{CATALOGUE}")]
    for language in sorted({*known, *languages}):
        file = TRANSLATIONS / language / CATALOGUE
        catalogue = brought_up(file, language, said)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            write_po(opened, catalogue, width=0, ignore_obsolete=True, include_lineno=False)
        waiting = len(untranslated(catalogue))
        print(f"{file.relative_to(ROOT)}: {len(catalogue)} texts, {waiting} without a translation")


if __name__ == "__main__":
    main(sys.argv[1:])
