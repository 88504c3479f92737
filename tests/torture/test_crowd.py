"""Readers do not notice that something is published, and the torture would tell if they did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.torture import crowd
from tests.torture.crowd import Crowd, posts_of
from tests.torture.warm import Warm


def test_every_answer_is_of_one_version_while_versions_are_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm_process: Warm
) -> None:
    def publish(data: Path, source: Path) -> None:
        assert warm_process.run("reindex", "--data", data, source).code == 0

    monkeypatch.setattr(crowd, "PAUSE", 0.1)
    monkeypatch.setattr(crowd, "_POSTS", 20)
    outcome = crowd.run(2, tmp_path, lambda _: None, publish)
    assert outcome.wrong == ()
    assert int(outcome.figures["generations seen"]) >= 2


def answer(total: int, generation: str, *titles: str) -> str:
    return json.dumps({"total": total, "generation": generation, "results": titles})


def test_answers_that_mix_versions_are_found_out() -> None:
    asked = Crowd(("", 0), "")
    target = "/search.json?q=words"
    assert not asked.trouble_with(target, answer(posts_of(3), "000003", "of version3", "of version3"))
    assert "versions [3, 4]" in asked.trouble_with(
        target, answer(posts_of(3), "000003", "of version3", "of version4")
    )
    assert "posts, but" in asked.trouble_with(target, answer(posts_of(3) + 1, "000003", "of version3"))
    assert "was of version 3" in asked.trouble_with(target, answer(posts_of(4), "000003", "of version4"))
