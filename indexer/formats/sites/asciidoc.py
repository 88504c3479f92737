"""AsciiDoc: its header as metadata, and its text as Markdown, as far as posts use it.

    = The ferry
    Ada Low <ada@tide.example>
    v1.0, 2012-03-04
    :tags: boats, news

    == A heading
    It left at _six_, says https://tide.example[the tide].

Source: docs.asciidoctor.org/asciidoc/latest.
"""

from __future__ import annotations

import re

from indexer.formats.sites.metadata_block import MetadataBlock

_ATTRIBUTE = re.compile(r":!?([\w][\w-]{0,60})!?:(?:[ \t]+(.*))?$")
_REVISION = re.compile(r"(?:v[\w.]+,[ \t]*)?([^:]*\d{4}[^:]*?)(?::.*)?$")
_NAMES = {
    "revdate": "date",
    "page-date": "date",
    "keywords": "tags",
    "page-tags": "tags",
    "jbake-date": "date",
}
_HEADING = re.compile(r"(={2,6}) +(.*?)(?: +=+)?$")
_ITEM = re.compile(r"[ \t]*(\*{1,5}|-|\.{1,5}) +(.*)$")
_ADDRESS = re.compile(r"(?:link:([^\s\[\]]{1,2000})|\b(https?://[^\s\[\]<>]{1,2000}))\[([^\[\]\n]{0,2000})\]")
_IMAGE = re.compile(r"image::?([^\s\[\]]{1,2000})\[([^\[\],\n]{0,2000})[^\[\]\n]{0,2000}\]")
_SOURCE = re.compile(r"\[(?:source)?,[ \t]*([\w+-]+)[^\]]*\][ \t]*$")
_BLOCK_ATTRIBUTES = re.compile(r"\[[^\[\]]*\][ \t]*$")
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]{0,500}\S)?)\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w_])_(\S(?:[^_\n]{0,500}\S)?)_(?![\w_])")
_LISTINGS = ("----", "....", "```")


def asciidoc_header(text: str) -> MetadataBlock | None:
    """The title, author, revision and attributes a text begins with, and the rest; None without a title."""
    lines = text.lstrip().split("\n")
    fields: dict[str, object] = {}
    position = 0
    while position < len(lines) and (found := _ATTRIBUTE.match(lines[position])):
        fields[_field(found)] = (found[2] or "").strip()
        position += 1
    if position == len(lines) or not lines[position].startswith("= "):
        return MetadataBlock(fields, "\n".join(lines[position:])) if fields else None
    fields["title"] = lines[position][2:].strip()
    position += 1
    while position < len(lines) and (line := lines[position].strip()):
        if found := _ATTRIBUTE.match(line):
            fields[_field(found)] = (found[2] or "").strip()
        elif "author" not in fields and not re.search(r"\d", line.partition("<")[0]):
            fields["author"] = line.partition("<")[0].strip()
        elif revision := _REVISION.match(line):
            fields.setdefault("date", revision[1].strip())
        position += 1
    return MetadataBlock(fields, "\n".join(lines[position:]))


def _field(found: re.Match[str]) -> str:
    name = found[1].lower()
    return _NAMES.get(name, name.removeprefix("page-").removeprefix("jbake-"))


def asciidoc_markdown(text: str) -> str:
    """The text as Markdown; what it knows nothing of stays as it is."""
    lines: list[str] = []
    listing, language, in_quote = "", "", False
    for line in text.split("\n"):
        bare = line.rstrip()
        if listing:
            lines.append("```" if bare == listing else line)
            listing = "" if bare == listing else listing
        elif bare.startswith(_LISTINGS) and not bare.strip("-.`"):
            listing = bare
            lines.append(f"```{language}")
            language = ""
        elif bare.startswith("____") and not bare.strip("_"):
            in_quote = not in_quote
            lines.append("")
        elif found := _SOURCE.match(bare):
            language = found[1]
        elif not (bare.startswith("//") or bare == "'''" or _BLOCK_ATTRIBUTES.match(bare)):
            lines.append(("> " if in_quote else "") + _inline(bare))
    return "\n".join([*lines, "```"] if listing else lines)


def _inline(line: str) -> str:
    if found := _HEADING.match(line):
        return f"{'#' * len(found[1])} {_marked(found[2])}"
    if found := _ITEM.match(line):
        depth = "    " * (len(found[1]) - 1)
        return f"{depth}{'1.' if found[1].startswith('.') else '-'} {_marked(found[2])}"
    return _marked(line)


def _marked(text: str) -> str:
    """Bold, slanted and linked words, and pictures; code is left as it is."""
    parts = re.split(r"(`[^`\n]*`)", text)
    return "".join(part if part.startswith("`") else _words(part) for part in parts)


def _words(text: str) -> str:
    text = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", text))
    text = _IMAGE.sub(r"![\2](<\1>)", text)
    return _ADDRESS.sub(lambda found: f"[{found[3] or found[1] or found[2]}](<{found[1] or found[2]}>)", text)
