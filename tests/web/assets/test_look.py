"""A site has the logo and the accent of its settings, and neither can do anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from web.app import create_app
from web.assets.logo import MOST_BYTES, logo
from web.settings import InvalidSetting, Settings

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PICTURES = {
    "image/svg+xml": SVG,
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/jpeg": b"\xff\xd8\xff\xe0....",
    "image/gif": b"GIF89a....",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ....",
}


def site(data: Path, archive: Archive, file: Path, content: bytes, accent: str = "#d4351c") -> FlaskClient:
    file.write_bytes(content)
    return create_app(Settings(data, logo=file, accent=accent), archive).test_client()


@pytest.mark.parametrize("media_type", PICTURES)
def test_a_logo_is_sent_as_what_it_is_whatever_it_is_called(
    data: Path, archive: Archive, tmp_path: Path, media_type: str
) -> None:
    client = site(data, archive, tmp_path / "logo.html", PICTURES[media_type])
    for path in ("/logo", "/favicon.ico"):
        response = client.get(path)
        assert (response.mimetype, response.data) == (media_type, PICTURES[media_type])


def test_a_logo_that_is_opened_by_itself_cannot_run_scripts(
    data: Path, archive: Archive, tmp_path: Path
) -> None:
    response = site(data, archive, tmp_path / "logo.svg", SVG).get("/logo")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy.split("; ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content", [b"", b"<html><svg></svg></html>", b"<svg>", b"%PDF-1.7", SVG + b" " * MOST_BYTES]
)
def test_anything_but_a_small_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    with pytest.raises(InvalidSetting) as caught:
        logo(tmp_path / "logo.svg")
    assert caught.value.name == "logo"


def test_a_logo_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="cannot be read"):
        logo(tmp_path)


def test_pages_show_the_logo_and_take_the_accent(data: Path, archive: Archive, tmp_path: Path) -> None:
    client = site(data, archive, tmp_path / "logo.svg", SVG)
    page = LexborHTMLParser(client.get("/").text)
    (picture,) = page.css("header img")
    assert client.get(str(picture.attributes["src"])).data == SVG
    (sheet,) = page.css("link[rel=stylesheet]")
    assert "--button: #d4351c;" in client.get(str(sheet.attributes["href"])).text


def test_our_own_logo_takes_the_accent(data: Path, archive: Archive) -> None:
    client = create_app(Settings(data, accent="#00703c"), archive).test_client()
    assert b'fill="#00703c"' in client.get("/logo").data


def test_a_stylesheet_with_another_accent_has_another_address(data: Path, archive: Archive) -> None:
    def address(accent: str) -> str:
        client = create_app(Settings(data, accent=accent), archive).test_client()
        (sheet,) = LexborHTMLParser(client.get("/").text).css("link[rel=stylesheet]")
        return str(sheet.attributes["href"])

    assert address("#00703c") != address("#d4351c")
    assert address("#00703c") == address("#00703c")


def test_what_is_asked_for_by_its_version_is_kept_for_good(client: FlaskClient) -> None:
    (sheet,) = LexborHTMLParser(client.get("/").text).css("link[rel=stylesheet]")
    assert "immutable" in client.get(str(sheet.attributes["href"])).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/style.css").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/style.css?v=guess").headers["Cache-Control"]
