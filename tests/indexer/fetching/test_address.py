from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetching import AddressRefused
from indexer.fetching.address import MOST_CHARACTERS, checked, redirected


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://blog.example/feed", "https://blog.example/feed"),
        (" https://blog.example/feed\n", "https://blog.example/feed"),
        ("HTTPS://Blog.Example/Feed?a=B#top", "https://blog.example/Feed?a=B"),
        ("http://blog.example:80/feed", "http://blog.example/feed"),
        ("http://blog.example:8080/feed", "http://blog.example:8080/feed"),
        ("https://blog.example./feed", "https://blog.example/feed"),
        ("https://bücher.example/größe", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:4700::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://my_blog.example/a b", "http://my_blog.example/a%20b"),
        ("http://localhost:8000/feed", "http://localhost:8000/feed"),
    ],
)
def test_addresses_of_the_web_are_brought_to_one_spelling(written: str, asked: str) -> None:
    assert str(checked(written)) == asked


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://blog.example/feed",
        "gopher://blog.example/",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "//blog.example/feed",
        "blog.example/feed",
        "/feed",
        "",
    ],
)
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(AddressRefused, match=r"only http:// and https:// are fetched"):
        checked(address)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.2",
        "127.0.0.256",
        "127.0.0.01",
        "blog.example.0x",
        "1",
        "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
        "①②⑦.⓪.⓪.①",
        "127.0.0.1%00.blog.example",
        "%31%32%37.0.0.1",
        "127。1",
        "[::1%25lo]",
        "[fe80::1%eth0]",
        "[::1",
        "[127.0.0.1]",
        "::1",
    ],
)
def test_odd_spellings_of_ip_addresses_are_refused_before_anybody_reads_them(host: str) -> None:
    with pytest.raises(AddressRefused):
        checked(f"http://{host}/")


@pytest.mark.parametrize(
    "address",
    [
        "http://user:secret@blog.example/",
        "http://blog.example@127.0.0.1/",
        "http://blog.example\\@127.0.0.1/",
        "http://blog.example:80@127.0.0.1/",
        "http://127.0.0.1:80\\@@blog.example/",
    ],
)
def test_addresses_with_a_name_or_password_are_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(AddressRefused, match="user name or password") as refused:
        checked(address)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http:///feed",
        "http:blog.example/feed",
        "http://blog..example/",
        "http://.example/",
        "http://blog.example../",
        "http://blog.example\\.evil.example/",
        "http://blog example/",
        "http://blog.ex\tample/",
        "http://blog.example\r\nHost: evil.example/",
        "http://-/",
        "http://" + "a" * 254 + "/",
        "http://*.example/",
        "http://blog.example:99999/",
        "http://blog.example:-1/",
        "http://blog.example:x/",
        "http://blog.example/\ud800",
    ],
)
def test_hosts_that_cannot_exist_are_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        checked(address)


@pytest.mark.parametrize("port", [1, 22, 25, 143, 587, 6000, 6667])
def test_ports_of_other_protocols_are_refused_as_browsers_do(port: int) -> None:
    with pytest.raises(AddressRefused, match=f"port {port}, where no web server is"):
        checked(f"http://blog.example:{port}/")


def test_an_address_has_an_end() -> None:
    with pytest.raises(AddressRefused, match="longer than") as refused:
        checked("http://blog.example/" + "a" * MOST_CHARACTERS)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/feed", "https://blog.example/feed"),
        ("feed", "https://blog.example/a/feed"),
        ("?page=2", "https://blog.example/a/b?page=2"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example/#x", "http://other.example/"),
    ],
)
def test_redirects_are_read_from_where_they_are(location: str, target: str) -> None:
    assert str(redirected(checked("https://blog.example/a/b"), location)) == target


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://[", "http://a:b@c/", "http://127.1/", "\x00"]
)
def test_redirects_to_what_is_not_asked_are_refused_naming_both(location: str) -> None:
    with pytest.raises(AddressRefused, match=r"^https://blog.example/: redirects to ") as refused:
        redirected(checked("https://blog.example/"), location)
    assert str(refused.value).isprintable()


@given(
    st.text(st.characters())
    | st.text(alphabet="\ud800htps:/@\\[]%.#?0127xa.。\uff11\t ", max_size=30).map("http://".__add__)
)
def test_any_text_is_an_address_of_the_web_or_refused(text: str) -> None:
    with suppress(AddressRefused):
        url = checked(text)
        assert url.scheme in {"http", "https"}
        assert not url.userinfo
        assert checked(str(url)) == url


@given(st.text(st.characters()))
def test_what_is_said_of_an_address_is_one_line_of_harmless_text(text: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        checked(f"file:{text}")
    assert str(refused.value).isprintable()
