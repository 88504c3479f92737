from __future__ import annotations

from pathlib import Path

from indexer.commands.summary import summary
from indexer.report import Counts, Report, SkippedRecord, SourceReport
from search.history import ChangeCounts

DATA = Path("data")


def report(*sources: SourceReport, seconds: float = 1.23) -> Report:
    return Report("000002", seconds, Counts(239, 11), sources)


def lines(of: Report, data: Path = DATA) -> list[str]:
    return list(summary(of, data))


def test_what_was_imported_and_left_out_is_one_sentence() -> None:
    one = SourceReport("/a", read=Counts(200, 1), left_out={"draft": 50, "pingback": 0})
    other = SourceReport("/b", read=Counts(39, 10), left_out={"draft": 1, "spam": 1, "orphan": 2})
    assert lines(report(one, other))[0] == (
        "Imported 239 posts and 11 comments from 2 sources in 1.2 s (51 drafts, 2 comments whose post"
        " is nowhere and 1 spam comment left out)."
    )


def test_many_reasons_to_leave_records_out_have_a_line_of_their_own() -> None:
    source = SourceReport("/a", left_out={"draft": 2, "spam": 1, "pingback": 3, "odd": 4})
    told = lines(report(source))
    assert told[0].endswith(" s.")
    assert told[2] == "Left out: 4 records 'odd', 3 pingbacks, 2 drafts and 1 spam comment."


def test_what_changed_and_what_there_is_now_is_told() -> None:
    changes = ChangeCounts(added=1204, updated=3, unchanged=7, removed=1)
    assert lines(report(SourceReport("/a", changes=changes)))[1] == (
        "1,204 added, 3 updated, 1 removed and 7 unchanged. The archive holds 239 posts and 11 comments."
    )


def test_an_import_that_changed_nothing_says_so() -> None:
    changes = ChangeCounts(unchanged=250)
    assert lines(report(SourceReport("/a", changes=changes)))[1].startswith("Nothing has changed.")


def test_a_rebuilt_index_is_told_as_such() -> None:
    assert lines(report(seconds=200)) == [
        "Rebuilt the index of 239 posts and 11 comments in 3 min 20 s.",
        "Search it in a browser:  blogsearch serve",
    ]


def test_the_first_ten_skipped_records_are_listed() -> None:
    skipped = tuple(SkippedRecord("feed.atom", f"entry {n}", "cut off") for n in range(12))
    told = lines(report(SourceReport("/a", skipped=skipped)))
    assert told[2:] == [
        "12 records could not be read:",
        *(f"  feed.atom, entry {n}: cut off" for n in range(10)),
        "  and 2 more; all are in data/dead-letter.jsonl",
        "Search it in a browser:  blogsearch serve",
    ]


def test_files_with_the_same_trouble_are_told_together() -> None:
    odd = [SkippedRecord(f"site/{n}.dat", "", "no format knows this file") for n in range(300)]
    cut = SkippedRecord("site/feed.xml", "entry 3", "cut off")
    told = lines(report(SourceReport("/a", skipped=(odd[0], cut, *odd[1:]))))
    assert told[2:5] == [
        "301 records could not be read:",
        "  site/0.dat and 299 more: no format knows this file",
        "  site/feed.xml, entry 3: cut off",
    ]


def test_the_hint_names_the_data_folder_where_it_is_not_the_usual_one() -> None:
    assert lines(report(), Path("/srv/a b"))[-1].endswith("blogsearch serve --data '/srv/a b'")


def test_nothing_of_a_source_acts_on_the_terminal() -> None:
    skipped = (SkippedRecord("\x1b[2Jfeed\n.atom", "\x9b1m", "\x07"),)
    told = lines(report(SourceReport("/a", skipped=skipped, warnings=("\x1b]0;owned\x07",))))
    assert not set("\x1b\x9b\x07\n") & set("".join(told))
