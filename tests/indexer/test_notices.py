from __future__ import annotations

from indexer.notices import Notices


def test_the_same_warning_of_many_files_is_one_line() -> None:
    notices = Notices()
    for name in ("a.html", "b.html", "a.html", "c.html"):
        notices.add("was not UTF-8", place=name)
    assert notices.texts() == ("a.html and 2 more: was not UTF-8",)


def test_a_warning_of_one_file_names_it() -> None:
    notices = Notices()
    notices.add("was not UTF-8", place="a.html")
    assert notices.texts() == ("a.html: was not UTF-8",)


def test_warnings_about_records_are_counted() -> None:
    notices = Notices()
    notices.add("a date lies in the future", count=2)
    notices.add("a tag was cut short")
    notices.add("a date lies in the future")
    assert notices.texts() == ("a date lies in the future (3 times)", "a tag was cut short")
