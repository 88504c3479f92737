"""Looking at one part of an archive after the other, and telling what does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from search.checking.finding import Checked, Finding, Remedy, Subject
from search.checking.folder import files_of, open_to_others
from search.checking.index import Difference, InspectedGeneration, InspectedIndex, Kind, Verified
from search.checking.totals import disagreements, totals_of, totals_told
from search.errors import StoreUnreadable
from search.expectations import Expectations
from search.layout import lock_file, published_file, store_file
from search.lock import is_held
from search.model import PostWithComments
from search.publication import Publication
from search.scratch import scratch
from search.store.damage import Damage, Record
from search.store.inspection import Inspection

_OF_SQLITES_INDICES = ("index", "wrong # of entries", "non-unique")
"""What SQLite's problems say that are no more than an index that does not fit its table."""


@dataclass(slots=True)
class Look:
    """One look at an archive; `checked`, `findings`, `notes` and `lost` fill as it goes."""

    data: Path
    store: Inspection
    index: InspectedIndex
    publication: Publication
    checked: list[Checked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def _find(self, subject: Subject, key: str, problem: str, remedy: Remedy, source: str = "") -> None:
        self.findings.append(Finding(subject, key, problem, remedy, source))

    def at_folder(self, *, writing: bool) -> None:
        """Modes, and what was left behind; while somebody writes, what they are building is left out."""
        paths = list(files_of(self.data))
        leftovers = [] if writing else self.index.leftovers(self.publication.latest)
        if writing:
            self.notes.append("another process is writing: its unfinished files were not looked at")
            building = self.index.leftovers(self.publication.latest)
            paths = [path for path in paths if not any(path.is_relative_to(each) for each in building)]
        self.checked.append(Checked(Subject.FOLDER, ((len(paths), "file or folder"),)))
        for path in leftovers:
            self._find(
                Subject.FOLDER, str(path), "was left behind by a writer that did not finish", Remedy.REMOVE
            )
        self.findings += open_to_others(paths)

    def at_database(self) -> None:
        """The file of the store, by SQLite's own check."""
        path = str(store_file(self.data))
        self.checked.append(Checked(Subject.DATABASE, ((1, "file"),)))
        try:
            problems = self.store.problems()
        except StoreUnreadable as error:
            self._find(Subject.DATABASE, path, str(error), Remedy.RESTORE)
            return
        for problem in problems:
            of_index = any(word in problem for word in _OF_SQLITES_INDICES) and "*** in" not in problem
            self._find(Subject.DATABASE, path, problem, Remedy.MAKE_INDICES if of_index else Remedy.RESTORE)

    def at_records(self) -> None:
        """Every record of the store against the digest that it was stored with."""
        counts = self.store.counts()
        self.checked.append(Checked(Subject.RECORDS, ((counts.posts, "post"), (counts.comments, "comment"))))
        try:
            for each in self.store.damage():
                self.findings.append(_of_damage(each))
        except StoreUnreadable as error:
            self._find(Subject.RECORDS, str(store_file(self.data)), str(error), Remedy.RESTORE)

    def at_generations(self) -> bool:
        """Every file of every generation that is kept; whether the one of the store's state is whole."""
        found = list(self.index.verified())
        files, size = sum(each.files for each in found), sum(each.size for each in found)
        self.checked.append(
            Checked(Subject.GENERATIONS, ((len(found), "generation"), (files, "file"), (size, "byte")))
        )
        latest = self.publication.latest
        for each in found:
            if each.problem:
                needed = each.name in (latest, self.publication.generation)
                remedy = Remedy.REBUILD if needed else Remedy.REMOVE
                self._find(Subject.GENERATIONS, each.name, each.problem, remedy)
        self._compare_names(found)
        return any(each.name == latest and not each.problem for each in found)

    def _compare_names(self, found: list[Verified]) -> None:
        """The generation that `CURRENT` names is the one that the store does."""
        publication, current = self.publication, self.index.published()
        if publication.generation and not any(each.name == publication.generation for each in found):
            self._find(
                Subject.GENERATIONS,
                publication.generation,
                "is the one that the store is at, and is not there",
                Remedy.REBUILD,
            )
        elif current != publication.generation and self._is_still_so():
            self._find(
                Subject.GENERATIONS,
                str(published_file(self.data)),
                f"names {current or 'no generation'}, and the store is at {publication.generation or 'none'}",
                Remedy.SET,
            )
        if publication.rolled_back:
            self.notes.append(
                f"searches are answered from generation {publication.generation}: an operator went back from"
                f" {publication.rolled_back}, which is the one compared with the store"
            )

    def _is_still_so(self) -> bool:
        """Whether nothing was published since this look began, nor is being published."""
        with Inspection.of(store_file(self.data)) as now:
            return now.publication() == self.publication and not is_held(lock_file(self.data))

    def at_index(self, generation: InspectedGeneration) -> None:
        """Every post and comment of the index with all its words, against one built of the store."""
        made = generation.generation
        self.checked.append(Checked(Subject.INDEX, ((made.posts, "post"), (made.comments, "comment"))))
        if self.publication.digest not in ("", made.digest) and not self.publication.rolled_back:
            problem = "is another than the one that the store was at"
            self._find(Subject.INDEX, made.name, problem, Remedy.REBUILD)
        with self._telling(Subject.INDEX, made.name):
            for problem in generation.contradictions():
                self._find(Subject.INDEX, made.name, problem, Remedy.REBUILD)
            with scratch() as folder:
                for difference in generation.differences(self._contents(), folder):
                    finding = _of_difference(difference)
                    self.findings.append(finding)
                    if difference.kind is Kind.SUPERFLUOUS:
                        self.lost.append(finding.key)

    def at_facets(self, generation: InspectedGeneration) -> None:
        """How many posts have each value and each date."""
        with self._telling(Subject.FACETS, generation.generation.name):
            stored = totals_of(content.post for content in self._contents())
            told = totals_told(generation.search)
            self.checked.append(Checked(Subject.FACETS, ((len(stored), "total"),)))
            for facet, value, in_store, in_index in disagreements(stored, told):
                problem = (
                    f"counts {in_index:,} posts with {value!r} in the index, and {in_store:,} in the store"
                )
                self._find(Subject.FACETS, facet, problem, Remedy.REBUILD)

    def _contents(self) -> Iterator[PostWithComments]:
        return (change.content for change in self.store.all_changes() if change.content)

    @contextmanager
    def _telling(self, subject: Subject, key: str) -> Iterator[None]:
        """Make a finding of what stops a comparison: a store, or an index, that cannot be read."""
        try:
            yield
        except StoreUnreadable as error:
            noted = any(finding.remedy is Remedy.NOTE for finding in self.findings)
            remedy = Remedy.REBUILD if noted else Remedy.RESTORE
            self._find(subject, key, f"cannot be compared with the store: {error}", remedy)
        except ValueError as error:
            self._find(
                subject, key, f"is damaged, although its files are as written: {error}", Remedy.REBUILD
            )

    def at_expectations(self, expected: Expectations, generation: InspectedGeneration) -> None:
        """What searches are to find, asked of the generation that answers them."""
        self.checked.append(Checked(Subject.EXPECTATIONS, ((len(expected.entries), "expectation"),)))
        for broken in expected.broken(generation.search, self.store.named):
            key = f"{expected.path}, entry {broken.expectation.number}"
            problem = f"{broken.expectation.query!r} {broken.problem}"
            self._find(Subject.EXPECTATIONS, key, problem, Remedy.LOOK)


def _of_difference(difference: Difference) -> Finding:
    key = f"post {difference.post_id}"
    if difference.comment_id:
        key = f"comment {difference.comment_id} of post {difference.post_id}"
    return Finding(Subject.INDEX, key, str(difference.kind), Remedy.REBUILD)


def _of_damage(damage: Damage) -> Finding:
    key = str(damage.record)
    if damage.record is Record.UNHELD:
        return Finding(Subject.RECORDS, f"post {damage.post_id}", damage.problem, Remedy.TAKE_OUT)
    if damage.post_id:
        key = f"{damage.record} {damage.post_id}"
        if damage.record is Record.COMMENT:
            key = f"comment {damage.key} of post {damage.post_id}"
    remedy = Remedy.READ_AGAIN if damage.noted else Remedy.NOTE
    return Finding(Subject.RECORDS, key, damage.problem, remedy, damage.source)
