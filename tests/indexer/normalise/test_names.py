from __future__ import annotations

import pytest

from indexer.normalise.names import distinct, person


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Jane\n Doe ", "Jane Doe"),
        ("jane@example.org (Jane Doe)", "Jane Doe"),
        ("Jane Doe <jane@example.org>", "Jane Doe"),
        ("jane@example.org", ""),
        ("<mailto:jane@example.org>", ""),
        ("noreply@blogger.com (Jane)", "Jane"),
        ("noreply@blogger.com (Unknown)", ""),
        ("@jane", "@jane"),
        ("root@localhost", ""),
        ("x" * 5_000, "x" * 200),
    ],
)
def test_a_name_is_kept_and_an_address_is_not(written: str, name: str) -> None:
    assert person(written) == name


def test_the_first_spelling_of_a_name_is_kept() -> None:
    assert distinct(["War", "war", "", "Peace", "WAR"]) == ("War", "Peace")
