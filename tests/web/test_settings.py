"""A base URL is the root of a site, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.settings import Settings


@pytest.mark.parametrize(
    "address",
    ["search.example.org", "ftp://x.example", "https://", "https://x.example/blog", "https://x.example/?a"],
)
def test_a_base_url_that_is_no_root_of_a_site_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"is not an address|has a path"):
        Settings(Path("data"), address)


def test_links_that_leave_the_site_begin_with_the_base_url() -> None:
    assert Settings(Path("data"), "https://x.example/").absolute("/search") == "https://x.example/search"


def test_without_a_base_url_links_stay_relative() -> None:
    assert Settings(Path("data")).absolute("/search") == "/search"
