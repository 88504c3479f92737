from __future__ import annotations

from indexer.formats.reading.own_address import own_address
from tests.indexer.formats.sources import source_of

PATH = b"<blogger:filename>/2020/01/ferry.html</blogger:filename>"


def address(text: bytes) -> str:
    return own_address(source_of(text))


def test_the_host_of_links_to_the_blogs_own_pages_is_its_address() -> None:
    assert address(PATH + b'<a href="http://sea.example/2020/01/ferry.html">') == "http://sea.example/"


def test_links_elsewhere_say_nothing() -> None:
    assert address(PATH + b"https://land.example/2020/01/tram.html https://land.example/") == ""


def test_the_most_links_count_each_once() -> None:
    links = b" https://quoted.example/2020/01/ferry.html" * 3
    more = b"<blogger:filename>/2020/02/pier.html</blogger:filename>"
    own = b" https://sea.example/2020/01/ferry.html https://sea.example/2020/02/pier.html"
    assert address(PATH + links + more + own) == "https://sea.example/"


def test_a_path_that_any_blog_may_have_is_no_sign() -> None:
    path = b"<blogger:filename>/2020/01/blog-post_7.html</blogger:filename>"
    assert address(path + b" https://other.example/2020/01/blog-post_7.html") == ""


def test_blogspots_domains_of_all_countries_are_one() -> None:
    link = b" http://Sea.blogspot.%s/2020/01/ferry.html"
    assert address(PATH + link % b"de" + link % b"com.au") == "https://sea.blogspot.com/"


def test_an_address_is_secure_where_one_of_its_links_is() -> None:
    link = b" %s://sea.example/2020/%s/ferry.html"
    paths = PATH + PATH.replace(b"01", b"02")
    assert address(paths + link % (b"http", b"01") + link % (b"https", b"02")) == "https://sea.example/"


def test_links_are_found_wherever_they_lie_in_a_large_file() -> None:
    link = b" https://sea.example/2020/01/ferry.html"
    for padding in range(len(link)):
        assert address(b"-" * ((1 << 20) - padding) + link + PATH) == "https://sea.example/"
