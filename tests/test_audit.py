"""What the audit of the lock file makes of what pip-audit says: it never takes silence for safety."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.audit import DOES_NOT_APPLY, audit, judged

CLEAN: dict[str, Any] = {"name": "flask", "version": "3.1.3", "vulns": []}
SKIPPED = {"name": "whoosh3", "skip_reason": "Dependency not found on PyPI: whoosh3 (3.54.0)"}
BROKEN = {
    "name": "lxml",
    "version": "4.0",
    "vulns": [{"id": "PYSEC-2021-19", "fix_versions": ["4.6.3"], "aliases": ["CVE-2021-28957"]}],
}


def test_a_known_vulnerability_is_told_with_the_version_that_has_it_no_more() -> None:
    verdict = judged({"dependencies": [CLEAN, BROKEN]})
    assert verdict.vulnerable == ("  lxml 4.0: PYSEC-2021-19; fixed in 4.6.3",)
    assert "requirements.lock" in verdict.told


def test_one_that_does_not_apply_is_known_by_any_of_its_names() -> None:
    for name in ("PYSEC-2021-19", "CVE-2021-28957"):
        verdict = judged({"dependencies": [CLEAN, BROKEN]}, {name: "no such markup is read"})
        assert verdict.vulnerable == ()
        assert verdict.audited == 2
    assert judged({"dependencies": [BROKEN]}, {"CVE-2021-1": "another"}).vulnerable


def test_where_nothing_was_audited_that_is_said() -> None:
    verdict = judged({"dependencies": [SKIPPED, SKIPPED]})
    assert (verdict.audited, verdict.vulnerable) == (0, ())
    assert verdict.told.startswith("audit: NOTHING WAS AUDITED, as Dependency not found on PyPI")
    assert "NOTHING WAS AUDITED" in judged({"dependencies": []}).told


def test_where_only_some_were_audited_that_is_said() -> None:
    told = judged({"dependencies": [CLEAN, SKIPPED]}).told
    assert told.startswith("audit: 1 packages without a known vulnerability; 1 could not be audited")


def test_what_cannot_be_asked_is_no_clean_bill(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==3.1.3\n", encoding="utf-8")  # without a hash, which it refuses to look at
    verdict = audit(lock)
    assert (verdict.audited, verdict.vulnerable) == (0, ())
    assert "NOTHING WAS AUDITED" in verdict.told
    assert "did not answer" in audit(lock, seconds=0.01).told


def test_each_that_does_not_apply_has_a_reason() -> None:
    assert all(reason.strip() for reason in DOES_NOT_APPLY.values())
