"""What MDX, Docusaurus, VuePress, kramdown and GitHub add to Markdown, taken down to Markdown itself.

Programs (`import …`) go; of a component what stands between its tags stays, as Markdown; a box
(`:::tip Title`) becomes its title and its text. Code is left as it is. Lines are read one by one, in time
that is in proportion to the text.

https://mdxjs.com/docs/what-is-mdx/, https://docusaurus.io/docs/markdown-features/admonitions
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_IMPORT = re.compile(r"""^import\s[^'"\n]{1,500}\sfrom\s+['"][^'"\n]+['"];?[ \t]*$""", re.MULTILINE)
_PROGRAM = re.compile(r"(?:import|export)\s")
_COMMENT = re.compile(r"\{/\*[^{}]*\*/\}")
_TAG_ALONE = re.compile(r"\s*</?[A-Z][\w.]*[a-z][\w.]*(?:\s[^<>]*)?>\s*$")  # `<DIV>` is HTML
_BOX = re.compile(r"\s*:{3,}[ \t]*(?:[a-z][\w-]*)?(?:\[([^\]]*)\])?(?:\{[^{}]*\})?[ \t]*(.*)$", re.IGNORECASE)
_ALERT = re.compile(r"(\s*>\s*)\[!(note|tip|important|warning|caution)\]\s*$", re.IGNORECASE)


def plain_markdown(text: str, *, is_mdx: bool) -> str:
    """The Markdown without these additions. Components are looked for in MDX, and in what imports any."""
    has_components = is_mdx or _IMPORT.search(text.partition("```")[0]) is not None
    return "\n".join(_lines(text, _PROGRAM if is_mdx else _IMPORT, has_components=has_components))


def _lines(text: str, program: re.Pattern[str], *, has_components: bool) -> Iterator[str]:
    fence, in_program, after_blank = "", False, True
    for line in text.split("\n"):
        is_blank = not line.strip()
        marker = _FENCE.match(line)
        if fence or marker:
            fence = _fence_after(fence, marker[1] if marker else "", line)
            yield line
        elif has_components and not is_blank and (in_program or (after_blank and program.match(line))):
            in_program = True  # until the next empty line
        else:
            in_program = False
            yield _plain(line, has_components=has_components)
        after_blank = is_blank


def _fence_after(fence: str, marker: str, line: str) -> str:
    """The marker of the code that goes on after this line; empty after its end."""
    if not fence:
        return marker
    return "" if marker.startswith(fence) and line.strip() == marker else fence


def _plain(line: str, *, has_components: bool) -> str:
    if line.startswith("#"):
        return _without_name(line)
    if has_components:
        line = _COMMENT.sub("", line)
        if _TAG_ALONE.match(line):
            return ""
    if box := _BOX.match(line):
        title = (box[1] or box[2]).strip()
        return f"\n**{title}**\n" if title else ""
    if alert := _ALERT.match(line):
        return f"{alert[1]}**{alert[2].capitalize()}**"
    return line


def _without_name(heading: str) -> str:
    """`## Setup` for `## Setup {#setup .wide}`."""
    place = heading.rfind("{#")
    return heading[:place].rstrip() if place > 0 and heading.rstrip().endswith("}") else heading
