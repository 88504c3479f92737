"""What a site generator's tags leave for a reader: Liquid, Nunjucks, Hugo and Zola inside Markdown.

`{% highlight %}` becomes a code block, `{{ "text" | filter }}` its text, a shortcode the player, picture or
caption it would show; all other tags go, and what stands between them stays. Code is left as it is.
"""

from __future__ import annotations

import html
import re

# A tag's inside has no braces, so that each alternative ends at the next brace and a text of nothing
# but openings is still read in time in proportion to its length.
_PIECE = re.compile(
    r"""
      (?P<fence> ^[ \t]{0,3}(?P<marker>`{3,}+|~{3,}+)[^\n]*+$ )
    | (?P<code> `[^`\n]++` )
    | (?P<tag> \{\{[<%](?!/\*)(?P<shortcode>[^{}]*)[>%]\}\} | \{%(?P<statement>[^{}]*)%\} )
    | (?P<output> \{\{(?![<%])[^{}]*\}\} )
    | (?P<mark> <!--[ ]?(?:more|end[- ]?excerpt)[ ]?--> | \{:[^{}\n]*\} )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_TAG_NAME = re.compile(r"[-\s]*(/?\s*[\w.-]+)\s*(?:lang:)?(\w*)")
_LITERAL = re.compile(r"""\{\{-?\s*(?:"([^"{}]*)"|'([^'{}]*)')""")
_SHOWN = re.compile(r"""\b(?:text|caption|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLAYER = re.compile(
    r"""^\W*(youtube|vimeo)\b[\s(]*(?:\w+\s*=\s*)?["']?(?:(https?://[^\s"'{}<>]+)|([\w-]{6,20}))(?=["'\s)>%}])"""
)
_PLAYED_AT = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_PICTURE = re.compile(r"""^\W*(?:figure|img|image)\b[^{}]*?\bsrc\s*=\s*["']([^"'<>]+)["']""")
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPED = re.compile(r"\{\{([<%])/\*([^{}]*)\*/([>%])\}\}")

_TEXT, _RAW, _COMMENT, _HIGHLIGHT = "", "raw", "comment", "highlight"
_ENDS = {
    "endraw": _RAW,
    "endcomment": _COMMENT,
    "endhighlight": _HIGHLIGHT,
    "/highlight": _HIGHLIGHT,
    "endcodeblock": _HIGHLIGHT,  # Hexo's
}


def without_template_tags(text: str) -> str:
    """The Markdown that is left of `text` when its tags have done their work; linear in its length."""
    last_comment_end = text.rfind("endcomment")
    kept: list[str] = []
    inside, position = _TEXT, 0
    for piece in _PIECE.finditer(text):
        if inside != _COMMENT:
            kept.append(text[position : piece.start()])
        replacement, inside = _replace(piece, inside)
        kept.append(replacement)
        position = piece.end()
        if inside == _COMMENT and position > last_comment_end:
            inside = _TEXT  # one that never ends hides nothing
    kept.append(text[position:])
    return _ESCAPED.sub(r"{{\1\2\3}}", "".join(kept))


def _replace(piece: re.Match[str], inside: str) -> tuple[str, str]:
    """What the piece becomes, and what the text after it is inside of: nothing, a tag, or a code fence."""
    if inside:
        return _replace_inside(piece, inside)
    if piece["fence"] or piece["code"]:
        return piece[0], piece["marker"] or _TEXT
    match _name(piece):
        case ("raw" | "comment" as name, _):
            return "", name
        case ("highlight" | "codeblock", language):
            return _on_own_line(f"```{language}", piece), _HIGHLIGHT
        case _:
            return _shown(piece), _TEXT


def _replace_inside(piece: re.Match[str], inside: str) -> tuple[str, str]:
    name, _ = _name(piece)
    ended = _ENDS.get(name) == inside or (piece["fence"] and piece["marker"].startswith(inside))
    after = _TEXT if ended else inside
    if inside == _HIGHLIGHT and ended:
        return _on_own_line("```", piece), after
    # In code, too, the tags that protect others from being run are not seen.
    hidden = inside == _COMMENT or name == "endraw" or (name == "raw" and inside != _RAW)
    return "" if hidden else piece[0], after


def _on_own_line(fence: str, piece: re.Match[str]) -> str:
    text, start, end = piece.string, piece.start(), piece.end()
    before = "" if start == 0 or text[start - 1] == "\n" else "\n"
    return before + fence + ("" if text[end : end + 1] in ("\n", "") else "\n")


def _name(piece: re.Match[str]) -> tuple[str, str]:
    """The name of a tag and its first word, both empty for anything else."""
    found = _TAG_NAME.match(piece["shortcode"] or piece["statement"] or "")
    return ("".join(found[1].split()).lower(), found[2]) if found else ("", "")


def _shown(piece: re.Match[str]) -> str:
    """What a tag puts on the page: a player or a picture as HTML, else its words."""
    if player := _PLAYER.match(piece[0]):
        address = player[2] or _PLAYED_AT[player[1]].format(player[3])
        return f'<iframe src="{html.escape(address)}"></iframe>'
    if picture := _PICTURE.match(piece[0]):
        return f"{_picture(picture[1], piece[0])} {_words(piece[0])}".rstrip()
    if piece["output"]:
        literal = _LITERAL.match(piece[0])
        return (literal[1] or literal[2] or "") if literal else ""
    return _words(piece[0]) if piece["tag"] else ""


def _words(tag: str) -> str:
    return " ".join(double or single for double, single in _SHOWN.findall(tag))


def _picture(address: str, tag: str) -> str:
    alternative = _ALTERNATIVE.search(tag)
    alt = (alternative[1] or alternative[2] or "") if alternative else ""
    return f'<img src="{html.escape(address)}" alt="{html.escape(alt)}">'
