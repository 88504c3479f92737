"""Org-mode: its keywords as metadata, and its text as Markdown, as far as posts use it.

    #+TITLE: The ferry
    #+DATE: <2012-03-04 Sun>
    #+FILETAGS: :boats:news:

    * A heading
    It left at /six/, says [[https://tide.example][the tide]].

Source: orgmode.org/worg/org-syntax.html.
"""

from __future__ import annotations

import re

from indexer.formats.sites.metadata_block import MetadataBlock

_KEYWORD = re.compile(r"#\+([A-Za-z_]{1,40})(?:\[\])?:[ \t]*(.*)$")
_NAMES = {"filetags": "tags", "hugo_tags": "tags", "hugo_categories": "categories", "hugo_draft": "draft"}
_BLOCK = re.compile(r"[ \t]*#\+(begin|end)_(\w{1,40})[ \t]*([\w+-]*)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:[A-Za-z_-]{1,40}:[ \t]*$")
_DRAWER_END = re.compile(r"[ \t]*:end:[ \t]*$", re.IGNORECASE)
_HEADING = re.compile(r"(\*{1,8}) +(?:(?:TODO|DONE) +)?(.*?)(?:[ \t]+:[\w@:]+:)?[ \t]*$")
_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[([^\[\]\n]{1,2000})\])?\]")
_CODE = re.compile(r"(?<![\w=~])([=~])(\S(?:[^=~\n]{0,500}\S)?)\1(?!\w)")
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]{0,500}\S)?)\*(?!\w)")
_ITALIC = re.compile(r"(?<![\w/:])/([^\s/](?:[^/\n]{0,500}[^\s/])?)/(?!\w)")
_DATE = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: [^\d<>\[\]\s]+)?(?: (\d\d?:\d\d))?[^<>\[\]]*[>\]]")
_CODE_BLOCKS = frozenset({"src", "example", "verbatim"})


def org_header(text: str) -> MetadataBlock | None:
    """The keywords at the top of the text by lower-case names, and the rest; None without any."""
    fields: dict[str, object] = {}
    lines = text.lstrip().split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        if found := _KEYWORD.match(line):
            name = found[1].lower()
            value = _DATE.sub(r"\1 \2", found[2]).strip()
            name = _NAMES.get(name, name)
            fields.setdefault(name, _labels(value) if name in {"tags", "categories"} else value)
        elif line.strip() and not line.startswith("# "):
            break
        position += 1
    return MetadataBlock(fields, "\n".join(lines[position:])) if fields else None


def _labels(value: str) -> object:
    parts = value.strip(": ").split(":") if value.startswith(":") else value.split()
    return [part.replace("_", " ") for part in parts]


def org_markdown(text: str) -> str:
    """The text as Markdown; what it knows nothing of stays as it is."""
    lines: list[str] = []
    inside, in_drawer = "", False
    for line in text.split("\n"):
        block = _BLOCK.match(line)
        if block and block[1].lower() == "begin" and not inside:
            inside = block[2].lower()
            lines.append(f"```{block[3]}" if inside in _CODE_BLOCKS else "")
        elif block and block[1].lower() == "end" and block[2].lower() == inside:
            lines.append("```" if inside in _CODE_BLOCKS else "")
            inside = ""
        elif inside in _CODE_BLOCKS:
            lines.append(line)
        elif in_drawer or _DRAWER.match(line):
            in_drawer = not _DRAWER_END.match(line)
        elif not line.startswith(("#+", "# ")):
            lines.append(f"> {_inline(line)}" if inside == "quote" else _inline(line))
    return "\n".join(lines)


def _inline(line: str) -> str:
    if found := _HEADING.match(line):
        return f"{'#' * min(len(found[1]) + 1, 6)} {_inline(found[2])}"
    if re.match(r"\|[-+]+\|?[ \t]*$", line):
        return line.replace("+", "|")
    parts = _CODE.split(line)  # text, sign, code, text, …
    for index in range(0, len(parts), 3):
        parts[index] = _marked(parts[index])
    return "".join(
        f"`{part}`" if index % 3 == 2 else part for index, part in enumerate(parts) if index % 3 != 1
    )


def _marked(text: str) -> str:
    """Text without code: bold, slanted and linked words. Links are set apart, for slashes are in them."""
    parts = _LINK.split(text)  # text, address, words, text, …
    for index in range(0, len(parts), 3):
        parts[index] = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", parts[index]))
    whole = parts[0]
    for address, words, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        whole += f"[{words or address}](<{address.removeprefix('file:')}>){after}"
    return whole
