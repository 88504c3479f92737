"""reStructuredText as Pelican and Nikola have it: a title, fields, and a text that docutils makes HTML of.

    The ferry
    #########
    :date: 2012-03-04 10:00
    :tags: boats, news

    It left at *six*.

Nothing is included, run or fetched. What Sphinx or a plugin adds to the language is read as plain text, for
docutils would drop it.
"""

from __future__ import annotations

import re

from docutils import nodes
from docutils.core import publish_doctree, publish_parts
from docutils.io import DocTreeInput
from docutils.parsers.rst import directives, languages, roles
from docutils.readers import doctree
from docutils.utils import SystemMessage

from indexer.formats.sites.metadata_block import MetadataBlock

_LARGEST = 200_000  # characters; docutils takes a second for so many
_MOST_LINES = 5_000  # the shortest lines, of nothing but headings or terms, take it longest

_MOST_STEPS = 10_000_000  # half a second

_MARKS = re.compile(r"[*`|_:\[<]")
_FIELD = re.compile(r":([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?$")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_DIRECTIVE = re.compile(r"([ \t]*)\.\.[ \t]+([\w:+.-]{1,60})::")
_OPTION = re.compile(r"[ \t]+:[\w -]{1,60}:")
_ROLE = re.compile(r":([A-Za-z][\w:+.-]{0,60}):`([^`]{1,2000})`")
_TARGET = re.compile(r"\s*<[^<>]*>\s*$")

_ENGLISH = languages.get_language("en")
_DIRECTIVES = frozenset((*directives._directive_registry, *_ENGLISH.directives))
_ROLES = frozenset((*roles._role_registry, *_ENGLISH.roles))

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "traceback": True,  # or it would end the program
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "syntax_highlight": "none",
    "math_output": "LaTeX",
    "embed_stylesheet": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "line_length_limit": _LARGEST,
}


def rest_header(text: str) -> MetadataBlock | None:
    """The title and the fields that a text begins with, and what is below them; None without any field."""
    lines = text.lstrip("\n").split("\n")
    title, position = _title(lines)
    while position < len(lines) and not lines[position].strip():
        position += 1
    fields: dict[str, object] = {"title": title} if title else {}
    start, name = position, ""
    while position < len(lines):
        line = lines[position]
        if found := _FIELD.match(line):
            name = found[1].lower()
            fields[name] = found[2] or ""
        elif name and line[:1].isspace() and line.strip():
            fields[name] = f"{fields[name]} {line.strip()}".strip()
        else:
            break
        position += 1
    return MetadataBlock(fields, "\n".join(lines[position:])) if position > start else None


def rest_title(text: str) -> tuple[str, str]:
    """The heading that a text begins with, and the rest; without one, an empty title and the text."""
    lines = text.lstrip("\n").split("\n")
    title, position = _title(lines)
    return (title, "\n".join(lines[position:])) if title else ("", text)


def _title(lines: list[str]) -> tuple[str, int]:
    """The title between or above lines of one sign, and the number of lines it takes."""
    has_overline = bool(lines) and _RULE.match(lines[0]) is not None
    first = 1 if has_overline else 0
    if len(lines) > first + 1 and lines[first].strip() and _RULE.match(lines[first + 1]):
        return lines[first].strip(), first + 2
    return "", 0


def rest_html(text: str) -> str | None:
    """The text as HTML; None where docutils cannot read it, or would take too long."""
    if len(text) > _LARGEST or text.count("\n") > _MOST_LINES or _steps(text) > _MOST_STEPS:
        return None
    try:
        document = publish_doctree(_plain(text), settings_overrides=_SETTINGS)
        for image in document.findall(nodes.image):
            image.attributes.pop("loading", None)  # `embed` would read any file of this machine
            image.attributes.pop("scale", None)
        parts = publish_parts(
            document,
            source_class=DocTreeInput,
            reader=doctree.Reader(),
            writer="html5",
            settings_overrides=_SETTINGS,
        )
    except (
        SystemMessage,
        RecursionError,
        LookupError,
        ValueError,
        AttributeError,
        AssertionError,
        TypeError,
    ):
        return None  # docutils fails in these ways over what it does not expect
    return str(parts["body"])


def _steps(text: str) -> int:
    """About how many steps docutils takes: it looks for each mark's end, and compares tables' corners."""
    paragraphs = text.split("\n\n")
    return sum(len(each) * len(_MARKS.findall(each)) + 20 * each.count("+") ** 2 for each in paragraphs)


def _plain(text: str) -> str:
    """The text without the roles and directives that docutils does not know, but with what is in them."""
    lines: list[str] = []
    in_options = False
    for line in _ROLE.sub(_plain_role, text).split("\n"):
        found = _DIRECTIVE.match(line)
        if found and found[2].lower() not in _DIRECTIVES:
            lines.append(f"{found[1]}.. container::")
            in_options = True
            continue
        in_options = in_options and _OPTION.match(line) is not None
        if not in_options:
            lines.append(line)
    return "\n".join(lines)


def _plain_role(found: re.Match[str]) -> str:
    if found[1].lower() in _ROLES:
        return found[0]
    return _TARGET.sub("", found[2]).replace("*", "\\*")
