"""The metadata at the top of a Markdown file: YAML, TOML or JSON front matter, or `Title:` lines.

Words stay words: `tags: [no]` and `version: 1.20` are the text that was written, because no scalar is
given a type. YAML's tags and anchors can build nothing but text, lists and dicts; a block with many
aliases, too deep or too long, is refused. A block with a slip in it is read line by line instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import yaml

from indexer.formats.reading.json_list import NotJson, load_first

_LARGEST = 64_000  # characters; the longest in use are a tenth of that
_MOST_ALIASES = 20


class UnsafeBlock(Exception):
    """A block that no blog writes; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class MetadataBlock:
    """The fields by name in lower case, as their language has them, and the text below the block.

    `problem` says why the block had to be read line by line, and is empty where it was well-formed.
    """

    fields: dict[str, object]
    body: str
    problem: str = ""


def split(text: str) -> MetadataBlock | None:
    """Take the block off a file; None where it begins without one. Raises `UnsafeBlock`."""
    text = text.lstrip()
    if text.startswith("{"):
        return _json_block(text)
    for fence in _FENCES:
        if opening := fence.opening.match(text):
            closing = fence.closing.search(text, opening.end(), opening.end() + _LARGEST)
            if closing:
                block = text[opening.end() : closing.start()]
                return _fenced_block(fence, block, text[closing.end() :])
            if fence.closing.search(text, opening.end()):
                raise UnsafeBlock(f"front matter longer than {_LARGEST:,} characters")
    return comment_lines(text) or _unopened_block(text) or _header_lines(text)


class _TextLoader(yaml.BaseLoader):
    """Loads every scalar as text, and nothing (`~`, `null`) as empty text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML reads this name from the class
        first: [("null", re.compile(r"(?:~|null|Null|NULL)?\Z"))] for first in ("~", "n", "N", "")
    }
    yaml_constructors = {"null": lambda _loader, _node: ""}  # noqa: RUF012 - as above

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._aliases = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose the next node; raises `UnsafeBlock` at an alias too many."""
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > _MOST_ALIASES:
                raise UnsafeBlock(f"front matter with more than {_MOST_ALIASES} YAML aliases")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def load_yaml(block: str) -> object:
    """What YAML says, in texts, lists and dicts alone; raises `yaml.YAMLError` and `UnsafeBlock`."""
    return yaml.load(block, _TextLoader)  # noqa: S506 - builds text, lists and dicts only


def _load_toml(block: str) -> object:
    return tomllib.loads(block, parse_float=str)


@dataclass(frozen=True, slots=True)
class _Fence:
    """How one language is set off; the patterns never give back, so long lines of dashes cost little."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    load: Callable[[str], object]


_FENCES = (
    _Fence(re.compile(r"-{3,}+[ \t]*+\n"), re.compile(r"^(?:-{3,}+|\.{3})[ \t]*+$", re.MULTILINE), load_yaml),
    _Fence(re.compile(r"\+{3}[ \t]*+\n"), re.compile(r"^\+{3}[ \t]*+$", re.MULTILINE), _load_toml),
)


def _fenced_block(fence: _Fence, block: str, body: str) -> MetadataBlock | None:
    problem = ""
    try:
        fields = fence.load(block)
    except RecursionError as error:
        raise UnsafeBlock("front matter nested too deeply") from error
    except (yaml.YAMLError, ValueError) as error:  # tomllib's error, and an integer too long, are ValueErrors
        problem = _in_words(error)
        fields = _fields_of_lines(block)
    if fields in ("", None):
        fields = {}
    return MetadataBlock(_lower(fields), body, problem) if isinstance(fields, dict) else None


def _in_words(error: yaml.YAMLError | ValueError) -> str:
    """What is wrong, and in which line of the file."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 2}"
    return " ".join(str(error).split())[:200]


def _json_block(text: str) -> MetadataBlock | None:
    try:
        fields, end = load_first(text[:_LARGEST])
    except NotJson as error:
        if "nested" in str(error) or "digits" in str(error):
            raise UnsafeBlock(f"front matter: {error}") from error
        return None
    return MetadataBlock(_lower(fields), text[end:]) if isinstance(fields, dict) else None


def _lower(fields: Mapping[str, object]) -> dict[str, object]:
    return (
        {str(name).strip().lower(): value for name, value in fields.items()}
        if isinstance(fields, dict)
        else {}
    )


_FIELD_LINE = re.compile(r"(\w[\w .-]{0,40})[ \t]*[:=](?:[ \t]+(.*))?$")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")
_HEADERS = (
    "title",
    "date",
    "author",
    "authors",
    "category",
    "tags",
    "slug",
    "summary",
    "status",
    "lang",
    "modified",
)


def _fields_of_lines(block: str) -> dict[str, object]:
    """What can be read of a block one line at a time: `name: value`, `name: [a, b]` and `- item` lines."""
    fields: dict[str, object] = {}
    items: list[str] = []
    for line in block.splitlines():
        if item := _ITEM_LINE.match(line):
            items.append(_unquoted(item[1]))
        elif found := _FIELD_LINE.match(line):
            value = (found[2] or "").strip()
            parts = value[1:].removesuffix("]").split(",") if value.startswith("[") else []
            items = list(map(_unquoted, parts))
            fields[found[1].strip()] = items if items or not value else _unquoted(value)
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _header_lines(text: str) -> MetadataBlock | None:
    """Pelican's and MultiMarkdown's way: `Title: ...` and more such lines, then a blank one."""
    head, _, body = text.partition("\n\n")
    lines = head.splitlines()
    names = [found[1].strip().lower() if (found := _FIELD_LINE.match(line)) else "" for line in lines]
    if not names or names[0] not in _HEADERS or "title" not in names or not all(names):
        return None
    return MetadataBlock(_lower(_fields_of_lines(head)), body)


_COMMENT_OPENING = re.compile(
    r"\s*(?:<!--\s*)?(?=\.\. "
    r"(?:title|slug|date|updated|tags|category|link|description|type|author|status):(?!:))"
)
_COMMENT_LINE = re.compile(r"\.\. ([\w-]{1,40}):(?!:)[ \t]*(.*)(?:\n|\Z)")
_COMMENT_CLOSING = re.compile(r"\s*-->")


def comment_lines(text: str) -> MetadataBlock | None:
    """Nikola's way: lines such as `.. title: ...`, in Markdown and HTML inside a comment."""
    opening = _COMMENT_OPENING.match(text)
    if not opening:
        return None
    fields: dict[str, object] = {}
    position = opening.end()
    while found := _COMMENT_LINE.match(text, position):
        fields[found[1].lower()] = found[2].strip()
        position = found.end()
    closing = _COMMENT_CLOSING.match(text, position) if "<!--" in opening[0] else None
    return MetadataBlock(fields, text[closing.end() if closing else position :])


def _unopened_block(text: str) -> MetadataBlock | None:
    """Hexo's way: YAML from the first line on, and a fence only below it."""
    fence = _FENCES[0]
    closing = fence.closing.search(text, 0, _LARGEST)
    first = _FIELD_LINE.match(text.partition("\n")[0])
    if not closing or not first or first[1].strip().lower() not in _HEADERS:
        return None
    if "\n\n" in text[: closing.start()]:
        return None
    return _fenced_block(fence, text[: closing.start()], text[closing.end() :])
