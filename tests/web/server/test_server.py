"""`blogsearch serve`: it answers when it says so, and says clearly why when it cannot."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from indexer.cli import blogsearch
from search.errors import ArchiveNotFound, CannotServe
from tests.web.serving import server, serving
from web.server.listening import address, listen
from web.server.processes import supervise
from web.server.pulse import Pulse


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[str]:
    with serving(data, "--title", "Ledgers") as address:
        yield address


def ask(site: str, target: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    try:
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


def test_the_site_answers_at_the_address_it_prints(site: str) -> None:
    status, headers, text = ask(site, "/search?q=roses")
    assert (status, "Ledgers" in text) == (200, True)
    assert "Server" not in headers


def test_an_oversized_request_is_refused(site: str) -> None:
    assert ask(site, "/search?q=" + "a" * 40_000)[0] == 431


@pytest.mark.parametrize(
    "target", ["//evil.example/", "http://evil.example/", "/posts/..%2f..%2fetc%2fpasswd"]
)
def test_a_crafted_target_leads_nowhere_else(site: str, target: str) -> None:
    _, headers, text = ask(site, target, Host="evil.example")
    assert "evil.example" not in (headers.get("Location") or "")
    assert "evil.example" not in text


def test_it_ends_without_a_word(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serving(data) as address:
        assert ask(address, "/search.json")[0] == 200
    assert capfd.readouterr().err == ""


def test_many_slow_clients_do_not_lock_others_out(site: str) -> None:
    place = urlsplit(site)
    slow = [socket.create_connection((place.hostname, place.port)) for _ in range(110)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert ask(site, "/healthz")[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_requests_that_wait_for_a_thread_are_nothing_to_tell(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(data, "--threads", "1") as site:
        host, port = urlsplit(site).hostname or "", urlsplit(site).port
        clients = [http.client.HTTPConnection(host, port, timeout=20) for _ in range(8)]
        for client in clients:
            client.request("GET", "/search.json?q=drones")
        assert [client.getresponse().status for client in clients] == [200] * len(clients)
        for client in clients:
            client.close()
    assert capfd.readouterr().err == ""


def children(process: int) -> set[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    if not listed.exists():
        pytest.skip("needs Linux to list the processes of the server")
    return set(map(int, listed.read_text().split()))


def eventually(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_several_processes_answer_and_one_that_dies_is_replaced(data: Path) -> None:
    with server(data, "--workers", "2") as (process, address):
        eventually(lambda: len(children(process)) == 2)
        assert ask(address, "/search.json?q=roses")[0] == 200
        victim, survivor = children(process)
        os.kill(victim, signal.SIGKILL)
        eventually(lambda: len(children(process) - {victim}) == 2)
        assert survivor in children(process)
        assert all(ask(address, "/search.json?q=roses")[0] == 200 for _ in range(10))
        workers = children(process)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_has_hardly_begun_ends_when_told_to(data: Path, workers: str) -> None:
    for _ in range(3):
        with server(data, "--workers", workers):  # which sees to it that it ends, with 0
            pass


def test_processes_that_cannot_begin_are_not_begun_for_ever(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(_: Pulse) -> None:
        raise ArchiveNotFound("there is no archive")

    with pytest.raises(CannotServe, match="before it answered"):
        supervise(fail, 2)
    assert "blogsearch: there is no archive" in capfd.readouterr().err


def test_a_port_that_is_taken_is_told_with_what_to_do(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(blogsearch, ["serve", "--data", str(data), "--port", port])
    assert result.exit_code == 1
    assert result.output.endswith(
        f"blogsearch: cannot listen at 127.0.0.1, port {port} (Address already in use):"
        " --host and --port choose another place\n"
    )


def test_a_missing_archive_is_told_with_what_to_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(blogsearch, ["serve", "--data", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "blogsearch reindex" in result.output
    assert not (tmp_path / "none").exists()


def test_a_base_url_that_is_none_is_wrong_usage(data: Path) -> None:
    result = CliRunner().invoke(
        blogsearch, ["serve", "--data", str(data), "--base-url", "search.example.org"]
    )
    assert result.exit_code == 2
    assert "--base-url" in result.output


def test_the_help_has_an_example() -> None:
    assert "blogsearch serve --data" in CliRunner().invoke(blogsearch, ["serve", "--help"]).output


def test_an_address_is_one_that_a_browser_can_open() -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - for a moment
    for host, shown in (("127.0.0.1", "127.0.0.1"), (everywhere, "localhost"), ("localhost", "127.0.0.1")):
        with listen(host, 0) as listener:
            assert address(listener) == f"http://{shown}:{listener.getsockname()[1]}/"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_second_signal_ends_a_server_at_once_that_waits_for_the_end_of_a_request(
    data: Path, workers: str
) -> None:
    with server(data, "--workers", workers) as (process, address):
        where = urlsplit(address)
        half = socket.create_connection((where.hostname or "", where.port or 0))
        half.sendall(b"GET /search?q=roses HTTP/1.1\r\nHost: ")
        assert ask(address, "/search.json?q=roses")[0] == 200
        os.kill(process, signal.SIGTERM)
        eventually(lambda: not is_open(address))
        assert children(process)
        os.kill(process, signal.SIGTERM)
        eventually(lambda: not children(process))  # else it would wait for the half, longer than this does
        half.close()


def test_a_server_ends_with_0_however_often_it_is_told_to(data: Path) -> None:
    with server(data) as (process, _):  # which sees to it that this is 0
        eventually(lambda: not still_there(process))


def still_there(process: int) -> bool:
    """Whether it runs still, after it was told to end once more."""
    os.kill(process, signal.SIGTERM)
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def is_open(address: str) -> bool:
    where = urlsplit(address)
    try:
        socket.create_connection((where.hostname or "", where.port or 0)).close()
    except ConnectionRefusedError:
        return False
    return True
