"""The figures of a run, and as JSON: written, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from benchmarks.building import Built, Served
from benchmarks.growth import Grown, growth
from benchmarks.measure import Latency
from benchmarks.pacing import Paced
from benchmarks.peers.registry import THIS
from benchmarks.searching import Compared, Stages


@dataclass(frozen=True, slots=True)
class SizeReport:
    """One collection of posts: what every engine made of it.

    `touched` are the postings that a search of a class touches on average.
    """

    title: str
    posts: int
    text_mb: float
    built: Mapping[str, Built]
    paced: Sequence[Paced]
    served: Mapping[str, Served]
    compared: Sequence[Compared]
    stages: Mapping[str, Stages]
    touched: Mapping[str, float]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of queries, in their order."""
        return tuple(dict.fromkeys(compared.queries for compared in self.compared))

    def beside(self, other: str, *, facets: bool = True) -> dict[str, Compared]:
        """By class: this project beside one other."""
        return {c.queries: c for c in self.compared if c.other == other and c.facets == facets}

    def latencies(self, engine: str) -> dict[str, Latency]:
        """By class: what an engine took with facets; for this project, beside the first of the others."""
        first: dict[str, Latency] = {}
        for compared in self.compared:
            if compared.facets and engine in (THIS, compared.other):
                pair = compared.pair
                first.setdefault(compared.queries, pair.ours if engine == THIS else pair.theirs)
        return first


@dataclass(frozen=True, slots=True)
class Report:
    """A run: the machine, one part a collection, and single figures by name."""

    machine: Mapping[str, str]
    sizes: Sequence[SizeReport] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def generated(self) -> tuple[SizeReport, ...]:
        """The collections that differ in nothing but their size, the smallest first."""
        generated = (size for size in self.sizes if size.title == "Generated")
        return tuple(sorted(generated, key=lambda size: size.posts))

    def growth(self) -> list[Grown]:
        """Each class from one generated collection to the next larger one."""
        return list(growth([(size.posts, size.latencies(THIS), size.touched) for size in self.generated]))

    def as_json(self) -> str:
        """Everything that was measured."""
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def from_json(cls, text: str) -> Report:
        """What `as_json` wrote; raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        report: Report = _decoded(cls, json.loads(text))
        return report

    @classmethod
    def together(cls, reports: Iterable[Report]) -> Report:
        """Several runs as one: of a collection that several have, the later one's figures."""
        runs = list(reports)
        sizes = {(size.title, size.posts): size for run in runs for size in run.sizes}
        figures = {name: value for run in runs for name, value in run.figures.items()}
        return cls(runs[-1].machine, tuple(sizes.values()), figures)


def _decoded(kind: Any, value: Any) -> Any:
    """A value of JSON as what an annotation says: dataclasses, mappings and sequences of them."""
    if is_dataclass(kind):
        kinds = get_type_hints(kind)
        return kind(**{name: _decoded(kinds[name], part) for name, part in value.items()})  # type: ignore[operator] # `kind` is a class
    inner = get_args(kind)
    if value is None or not inner:
        return value
    if get_origin(kind) is UnionType:
        return _decoded(inner[0], value)
    if isinstance(value, dict):
        return {name: _decoded(inner[1], part) for name, part in value.items()}
    return [_decoded(inner[0], part) for part in value]
