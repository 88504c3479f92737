"""Asks PyPI whether anything in the lock file has a known vulnerability: `python -m tests.audit`.

It ends with 1 where something has. Where PyPI cannot be asked, or knows nothing, it says so and ends with 0:
what is not known is no reason to stop, and no reason to say that all is well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
SECONDS: Final = 20
"""How long PyPI has to answer for all packages together."""

DOES_NOT_APPLY: Mapping[str, str] = {}
"""Vulnerabilities that are none here: their ids (`PYSEC-2026-1`, or another name of it), and why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found: a line for each vulnerability, how many packages it knew, and why others not."""

    vulnerable: tuple[str, ...] = ()
    audited: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The verdict in words."""
        if self.vulnerable:
            return "\n".join(("audit: known vulnerabilities; renew requirements.lock:", *self.vulnerable))
        if not self.audited:
            return f"audit: NOTHING WAS AUDITED, as {self.unknown[0]}"
        left = f"; {len(self.unknown)} could not be audited: {self.unknown[0]}" if self.unknown else ""
        return f"audit: {self.audited} packages without a known vulnerability{left}"


def judged(found: Mapping[str, Any], none_here: Mapping[str, str] = DOES_NOT_APPLY) -> Verdict:
    """The verdict on what pip-audit wrote (`--format json`)."""
    vulnerable, audited, unknown = [], 0, []
    for package in found["dependencies"]:
        if "skip_reason" in package:
            unknown.append(package["skip_reason"])
            continue
        audited += 1
        for each in package["vulns"]:
            if none_here.keys().isdisjoint((each["id"], *each["aliases"])):
                fixed = ", ".join(each["fix_versions"]) or "no version"
                vulnerable.append(f"  {package['name']} {package['version']}: {each['id']}; fixed in {fixed}")
    return Verdict(tuple(vulnerable), audited, tuple(unknown or ["the lock file names no package"]))


def audit(lock: Path = LOCK, *options: str, seconds: float = SECONDS) -> Verdict:
    """Have pip-audit look at a lock file; it installs nothing and asks for nothing but what is known."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--desc", "off", *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Verdict(unknown=(f"PyPI did not answer within {seconds:g} seconds",))
    try:
        return judged(json.loads(done.stdout))
    except ValueError:  # it wrote no JSON
        return Verdict(unknown=((done.stderr.strip() or "pip-audit said nothing").splitlines()[-1],))


if __name__ == "__main__":
    verdict = audit()
    print(verdict.told)
    sys.exit(bool(verdict.vulnerable))
