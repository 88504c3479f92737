from __future__ import annotations

import pytest

from indexer.formats.pages.head_title import blog_beside


@pytest.mark.parametrize(
    "head_title",
    [
        "Fog – Harbour Notes",
        "Fog - Harbour Notes",
        "Fog | Harbour Notes",
        "Harbour Notes: Fog",
        "Harbour Notes » Fog",
    ],
)
def test_the_blog_stands_before_or_behind_the_title_of_the_post(head_title: str) -> None:
    assert blog_beside("Fog", head_title) == "Harbour Notes"


@pytest.mark.parametrize(
    "head_title",
    [
        "",
        "Fog",
        "Foggy – Notes",
        "Fog | by Mia | Medium",
        "Fog - Weather - Notes",
        "Notes",
        f"Fog - {'n' * 99}",
    ],
)
def test_no_blog_is_told_where_there_is_a_doubt(head_title: str) -> None:
    assert blog_beside("Fog", head_title) == ""
