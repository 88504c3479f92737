from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.fetching import Fetcher, FetchFailed
from indexer.fetching.transport import trusting_authorities
from tests.indexer.fetching.faulty_server import FaultyServer, document, redirect
from tests.indexer.fetching.internet import Internet

CERTIFICATES = Path(__file__).with_name("certificates")
FEED = b"<rss/>"


@pytest.fixture
def asked_names() -> list[str | None]:
    """Which names clients asked for while they shook hands."""
    return []


@pytest.fixture
def secure(asked_names: list[str | None]) -> Iterator[FaultyServer]:
    """A server with a certificate for `blog.example`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "blog.example.pem")
    context.sni_callback = lambda _, name, __: asked_names.append(name)
    with FaultyServer(tls=context) as server:
        server.answer("/feed", document(FEED))
        yield server


@pytest.fixture
def trusting(internet: Internet) -> Fetcher:
    """A fetcher that trusts who signed that certificate."""
    internet.name("other.example", ["93.184.215.15"])
    internet.tls = ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
    return internet.fetcher()


@pytest.mark.parametrize("host", ["blog.example", "Blog.Example", "blog.example."])
def test_the_certificate_is_checked_against_the_name_and_not_the_address(
    secure: FaultyServer, trusting: Fetcher, asked_names: list[str | None], host: str
) -> None:
    with trusting.fetch(secure.address("/feed", host)) as fetched:
        assert fetched.open().read() == FEED
    assert asked_names == ["blog.example"]


def test_a_certificate_of_another_name_is_not_trusted(secure: FaultyServer, trusting: Fetcher) -> None:
    with pytest.raises(FetchFailed, match=r"its certificate is not to be trusted \(Hostname mismatch"):
        trusting.fetch(secure.address("/feed", "other.example"))
    assert secure.asked == []


def test_a_certificate_that_nobody_known_signed_is_not_trusted(
    secure: FaultyServer, internet: Internet
) -> None:
    with pytest.raises(FetchFailed, match=r"its certificate is not to be trusted \(unable to get"):
        internet.fetcher().fetch(secure.address("/feed", "blog.example"))
    assert secure.asked == []


def test_a_server_that_speaks_no_tls_is_told(server: FaultyServer, trusting: Fetcher) -> None:
    address = server.address("/feed", "blog.example").replace("http:", "https:")
    with pytest.raises(FetchFailed, match="no safe connection can be made"):
        trusting.fetch(address)


def test_a_redirect_into_tls_is_for_good(
    secure: FaultyServer, trusting: Fetcher, server: FaultyServer
) -> None:
    server.answer("/feed", redirect(secure.address("/feed", "blog.example"), 301))
    with trusting.fetch(server.address("/feed", "blog.example")) as fetched:
        assert (fetched.moved_to, fetched.warnings) == (secure.address("/feed", "blog.example"), ())


def test_a_redirect_out_of_tls_is_followed_with_a_warning_and_never_for_good(
    secure: FaultyServer, trusting: Fetcher, server: FaultyServer
) -> None:
    server.answer("/feed", document(FEED))
    secure.answer("/old", redirect("/older", 301))
    secure.answer("/older", redirect(server.address("/feed", "blog.example"), 301))
    with trusting.fetch(secure.address("/old", "blog.example")) as fetched:
        assert fetched.open().read() == FEED
        assert fetched.moved_to == secure.address("/older", "blog.example")
        (warning,) = fetched.warnings
    assert "others on the way can read and change" in warning


def test_authorities_can_be_named_in_the_environment(
    secure: FaultyServer, internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    internet.tls = trusting_authorities()
    with internet.fetcher().fetch(secure.address("/feed", "blog.example")) as fetched:
        assert fetched.open().read() == FEED


def test_a_file_of_authorities_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "missing.pem"))
    with pytest.raises(FetchFailed, match=r"SSL_CERT_FILE .* cannot be read \(No such file"):
        Fetcher()
