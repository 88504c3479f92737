"""100,000 nested elements and floods of tags: the text is kept. Scripts and their like are inert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.indexer.hostile.entries import Entry, Export
from tests.indexer.hostile.formats import EVERY_FORMAT_WITH_HTML, WITH_HTML, each
from tests.indexer.hostile.importing import imported_export

FLOODS = {
    "nested": "<div>" * 100_000 + "Low water." + "</div>" * 100_000,
    "nested and never closed": "<div>" * 100_000 + "Low water.",
    "tags in tags": "Low water. " + "<a " * 8_000,
    "tags in tags and a word": "Low water. " + "<a <" * 8_000 + "b>",
    "comments that never end": "Low water. " + "<!-- " * 20_000,
    "quotations": "<blockquote>" * 20_000 + "Low water.",
    "tables": "<table><tr><td>" * 10_000 + "Low water.",
    "bold": "<b><i>" * 20_000 + "Low water.",
    "forms of entities": "Low water. " + "&" * 100_000,
    "attributes": f"<p {' '.join(f'a{number}=1' for number in range(20_000))}>Low water.</p>",
}

INERT = {
    "script": "<script>alert(1)</script>",
    "script in SVG": '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    "handler": '<img src=x onerror="alert(1)">',
    "link": '<a href="javascript:alert(1)">x</a>',
    "link in disguise": '<a href=" ja&#10;vascript&colon;alert(1)">x</a>',
    "data link": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
    "form": '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    "style": '<style>@import "javascript:alert(1)";</style><p style="x:expression(alert(1))">x</p>',
    "refresh": '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    "base": '<base href="javascript:alert(1)//">',
    "confusion": '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "template": '<template><script>alert(1)</script></template><noscript><p title="</noscript>'
    '<img src=x onerror=alert(1)>">',
}
RUNS = re.compile(
    r"<(?:script|svg|iframe|object|embed|form|button|style|meta|base|template|link)\b"
    r"|<[^>]*\son\w+\s*=|(?:href|src|action|data|style)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):|expression",
    re.IGNORECASE,
)


@each({name: export for name, export in WITH_HTML.items() if export.many})
def test_floods_of_markup_keep_their_texts(tmp_path: Path, export: Export) -> None:
    entries = (
        Entry(flood.replace("Low water.", f"Low water {number}."), number=number)
        for number, flood in enumerate(FLOODS.values(), start=1)
    )
    found = imported_export(tmp_path, export, export.of(*entries))
    assert found.code == 0
    texts = found.texts()
    assert [number for number in range(1, len(FLOODS) + 1) if f"Low water {number}." not in texts] == []


@each({name: export for name, export in WITH_HTML.items() if not export.many})
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_markup_keeps_its_text(tmp_path: Path, export: Export, flood: str) -> None:
    found = imported_export(tmp_path, export, export.of(Entry(FLOODS[flood])))
    assert found.code == 0
    assert "Low water." in found.texts()


@EVERY_FORMAT_WITH_HTML
def test_nothing_that_runs_is_shown_of_posts_and_comments(tmp_path: Path, export: Export) -> None:
    body = "".join(f"<p>before {name}</p>{html}\n" for name, html in INERT.items())
    found = imported_export(tmp_path, export, export.of(Entry(f"{body}<p>Low water.</p>")))
    assert found.code == 0
    assert not RUNS.search(found.html())
    assert "before script" in found.texts()


@each({name: WITH_HTML[name] for name in ("wxr", "comments")})
@pytest.mark.parametrize("name", INERT)
def test_one_hostile_piece_is_inert_and_leaves_the_words_before_it(
    tmp_path: Path, export: Export, name: str
) -> None:
    found = imported_export(tmp_path, export, export.of(Entry(f"<p>Low water.</p>{INERT[name]}")))
    assert found.code == 0
    assert not RUNS.search(found.html())
    assert "Low water." in found.texts()


@EVERY_FORMAT_WITH_HTML
def test_markup_in_a_title_or_a_tag_is_text(tmp_path: Path, export: Export) -> None:
    content = export.of(Entry(tags=("tide",))).replace(b"Tide 1", b"Tide &lt;script>alert(1)&lt;/script> 1")
    found = imported_export(tmp_path, export, content)
    assert found.code == 0
    assert not RUNS.search(found.html())
