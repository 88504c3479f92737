"""`blogsearch check`: whether the store and the index agree, and putting right what can be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import data_option, expect_option, expectations, memory_option
from indexer.commands.words import count, duration, listed
from search.checking.finding import Checked, CheckReport, Finding, Subject
from search.text.inert import printable

MOST_LISTED = 20
"""Findings of one kind that are shown; the rest are counted."""

EXIT_DISAGREES = 1

_IS_FINE = {
    Subject.FOLDER: "for their owner only, nothing left behind",
    Subject.DATABASE: "whole",
    Subject.RECORDS: "all as they were stored",
    Subject.GENERATIONS: "all as they were written",
    Subject.INDEX: "all words and values as in the store",
    Subject.FACETS: "all as counted in the store",
    Subject.EXPECTATIONS: "all met",
}
_PLURALS = {"file or folder": "files and folders"}


@click.command("check")
@data_option
@click.option("--repair", is_flag=True, help="Put right what can be, and check again.")
@expect_option
@memory_option
@click.option("--wait", is_flag=True, help="With --repair: wait while another process writes.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def check_command(
    ctx: click.Context,
    *,
    data: Path,
    repair: bool,
    expect: Path | None,
    memory: int,
    wait: bool,
    as_json: bool,
) -> None:
    """Check that the store and the index agree: every post, comment, word, total and checksum.

    Nothing is changed and nobody waits for it, unless with --repair: then the index is built anew from the
    store where it differs, and what is damaged in the store is noted to be read again from its source.

    \b
    Examples:
      blogsearch check
      blogsearch check --repair
      blogsearch check --json | jq .findings

    Ends with 0 when all agrees, also after a repair, 1 when something does not, and 75 when --repair is
    asked for, something is to be repaired, and another process is writing.
    """
    expected = expectations(data, expect)
    # What checks takes most of a second to import, which `--help` need not wait for.
    from search.checking import check as checking  # noqa: PLC0415

    means = checking.Means(megabytes=memory)
    if repair:
        report = checking.repair(data, expected, _tell, means, wait=wait)
    else:
        report = checking.check(data, expected, _tell, means)
    if as_json:
        click.echo(json.dumps(as_data(report), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(report, data):
            click.echo(printable(line))
    ctx.exit(0 if report.agrees else EXIT_DISAGREES)


def _tell(subject: Subject) -> None:
    click.echo(f"Checking: {subject}", err=True)


def as_data(report: CheckReport) -> dict[str, Any]:
    """The report as `--json` prints it."""
    wrong = report.wrong()
    return {
        "agrees": report.agrees,
        "generation": report.generation,
        "seconds": round(report.seconds, 2),
        "checked": [
            {
                "what": str(each.subject),
                "counts": {what: number for number, what in each.counts},
                "wrong": wrong[each.subject],
            }
            for each in report.checked
        ],
        "findings": [_finding(each) for each in report.findings],
        "repaired": [_finding(each) for each in report.repaired],
        "lost": list(report.lost),
        "notes": list(report.notes),
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "what": str(finding.subject),
        "of": finding.key,
        "problem": finding.problem,
        "remedy": finding.advice,
        "source": finding.source,
    }


def as_lines(report: CheckReport, data: Path) -> Iterator[str]:
    """The report for people."""
    at = f" at generation {report.generation}" if report.generation else ""
    yield f"Checked {data}{at} in {duration(report.seconds)}."
    wrong = report.wrong()
    yield from (f"  {each.subject + ':':<14} {_result(each, wrong[each.subject])}" for each in report.checked)
    yield from (f"Note: {note}" for note in report.notes)
    if report.repaired:
        yield f"Repaired: {count(len(report.repaired), 'thing')}."
        yield from _grouped(report.repaired)
    if report.agrees:
        yield "All agrees."
        return
    yield f"Not in agreement: {count(len(report.findings), 'thing')}."
    yield from _grouped(report.findings, advised=True)


def _result(checked: Checked, wrong: int) -> str:
    counts = listed([count(number, what, _PLURALS.get(what, "")) for number, what in checked.counts])
    return f"{counts}: {f'{wrong:,} wrong' if wrong else _IS_FINE[checked.subject]}"


def _grouped(findings: Sequence[Finding], *, advised: bool = False) -> Iterator[str]:
    """The findings, each on its line, under what helps against them."""
    groups: dict[tuple[Subject, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.subject, finding.advice if advised else ""), []).append(finding)
    for (subject, advice), group in groups.items():
        yield f"  {subject}: {advice}" if advice else f"  {subject}:"
        yield from (f"    {finding.key} {finding.problem}" for finding in group[:MOST_LISTED])
        if len(group) > MOST_LISTED:
            yield f"    and {len(group) - MOST_LISTED:,} more; --json lists them all"
