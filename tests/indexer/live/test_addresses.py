from __future__ import annotations

import pytest

from indexer.live.addresses import address_of, is_address, joined, likely_address, with_parameters


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://rain.example/feed", "https://rain.example/feed"),
        ("feed://rain.example/feed", "http://rain.example/feed"),
        ("feed:https://rain.example/feed", "https://rain.example/feed"),
        ("FEED:http://rain.example/feed", "http://rain.example/feed"),
        (" https://rain.example ", "https://rain.example"),
    ],
)
def test_addresses_are_understood_as_browsers_write_them(written: str, asked: str) -> None:
    assert is_address(written.strip())
    assert address_of(written) == asked


@pytest.mark.parametrize(
    "location", ["feed.xml", "/srv/https/feed", "C:\\feed", "feeds/https.xml", "http.zip"]
)
def test_paths_are_no_addresses(location: str) -> None:
    assert not is_address(location)


@pytest.mark.parametrize(
    "name", ["blog.example", "www.rain.co.uk", "rain.example:8080", "rain.example/feed.xml"]
)
def test_a_name_of_a_host_may_have_been_meant_as_an_address(name: str) -> None:
    assert likely_address(name) == f"https://{name}"


@pytest.mark.parametrize("name", ["export.xml", "takeout.zip", "posts", "./blog.example", "", "a b.example"])
def test_a_name_of_a_file_was_not(name: str) -> None:
    assert likely_address(name) == ""


@pytest.mark.parametrize(
    "link", ["", "#top", "javascript:alert(1)", "mailto:a@b.example", "http://[broken", "file:///etc"]
)
def test_only_links_to_the_web_lead_anywhere(link: str) -> None:
    assert joined("https://rain.example/blog/", link) in ("", "https://rain.example/blog/")


def test_parameters_are_replaced_where_they_stand() -> None:
    address = with_parameters("https://rain.example/?paged=2&feed=rss2", {"paged": 3, "redirect": "false"})
    assert address == "https://rain.example/?paged=3&feed=rss2&redirect=false"
