"""Headings of posts below the title of their page."""

from __future__ import annotations

import pytest

from web.presenters.post.headings import below_title


def html(*levels: int) -> str:
    return "".join(f'<h{n} id="in-post-x">Tides &amp; <em>tea</em></h{n}><p>h{n}</p>' for n in levels)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ((), ()),
        ((2, 3, 2), (2, 3, 2)),
        ((3, 3), (2, 2)),
        ((1, 3, 2), (2, 3, 3)),
        ((2, 4, 4, 3), (2, 3, 3, 3)),
        ((4, 2, 6), (2, 2, 3)),
        ((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 6)),
    ],
)
def test_headings_begin_below_the_title_and_skip_no_level(
    written: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    # The paragraphs say which level the heading before them was of.
    found = below_title(html(*written))
    assert [found[i + 2] for i in range(len(found)) if found.startswith("<h", i)] == [str(n) for n in shown]
    assert [found[i + 3] for i in range(len(found)) if found.startswith("</h", i)] == [str(n) for n in shown]


def test_nothing_else_is_changed() -> None:
    other = '<hr><p title="<h3>">h3 &lt;h3&gt;</p><header>'
    assert below_title(other) == other
