"""Footnotes of Markdown: `[^1]` in the text, `[^1]: The note.` somewhere below, each leading to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_NOTE = re.compile(r"^( {0,3}\[\^[^\]\s^]{1,60}\]):[ \t]*", re.MULTILINE)
# Nobody sees it after the number of a note, which with its colon would be a link's definition.
_MARK = "\u2060"
_NUMBER = re.compile(rf"\[\^([^\]\s^]{{1,60}})\]({_MARK}?)")
_MARKED = re.compile(rf"\n( {{0,3}}\[\^[^\]\s^]{{1,60}}\]){_MARK}")


def mark_notes(text: str) -> str:
    """The Markdown with its notes as paragraphs of their own, where they stand, for `read_footnotes`."""
    return _NOTE.sub(rf"\n\1{_MARK} ", text.replace(_MARK, "")) if "[^" in text else text


def unmark_code(tokens: Iterable[Token]) -> None:
    """Give code back what was taken for notes in it."""
    for token in tokens:
        if token.type in ("fence", "code_block") and _MARK in token.content:
            token.content = _MARKED.sub(r"\1:", f"\n{token.content}").removeprefix("\n")


def read_footnotes(markdown: MarkdownIt) -> None:
    """Have the parser read the numbers of notes, in marked text."""
    markdown.inline.ruler.before("link", "footnote", _footnote)


def _footnote(state: StateInline, silent: bool) -> bool:
    found = _NUMBER.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        name = re.sub(r"\W", "-", found[1])
        own, other = ("note", "number") if found[2] else ("number", "note")
        state.push("sup_open", "sup", 1).attrs = {"id": f"{own}-{name}"}
        state.push("link_open", "a", 1).attrs = {"href": f"#{other}-{name}"}
        state.push("text", "", 0).content = found[1]
        state.push("link_close", "a", -1)
        state.push("sup_close", "sup", -1)
    state.pos = found.end()
    return True
