"""Each input that fuzzing found worth keeping is read without a mistake, and so are those it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.formats import FORMATS
from tests.fuzz.parsers import CORPUS, PARSERS, Parser, named
from tests.fuzz.scenes import SCENES

KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())
WORDS = Path(__file__).parent / "dictionaries"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_a_kept_input_is_read_without_a_mistake(path: Path) -> None:
    named(path.parent.name).run(path.read_bytes())


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_a_parser_takes_nothing_and_a_single_byte(parser: Parser) -> None:
    parser.run(b"")
    for number in range(0, 256, 15):
        parser.run(bytes([number]))


def test_every_format_is_fuzzed() -> None:
    assert {chosen.name for chosen in FORMATS} == set(SCENES)
    assert {chosen.name for chosen in FORMATS} <= {parser.name for parser in PARSERS}


def test_every_folder_of_kept_inputs_and_every_dictionary_has_its_parser() -> None:
    assert {path.parent.name for path in KEPT} <= {parser.name for parser in PARSERS}
    assert {path.stem for path in WORDS.glob("*.dict")} == {one.dictionary for one in PARSERS} - {""}
