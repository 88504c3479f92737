"""Billion laughs, quadratic and external entities: refused with a clear error, and nothing is opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.indexer.fetching.faulty_server import FaultyServer
from tests.indexer.hostile.entries import Entry, Export, numbered
from tests.indexer.hostile.formats import EVERY_FORMAT_IN_XML
from tests.indexer.hostile.importing import imported, imported_export

LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
DOCUMENT_TYPES = {
    "billion laughs": f"<!DOCTYPE x [{LAUGHS}]>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY j "{"ha" * 50_000}">]>',
    "a file": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>',
    "an address": '<!DOCTYPE x [<!ENTITY j SYSTEM "http://127.0.0.1:9/secret">]>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "harmless": '<!DOCTYPE x [<!ENTITY j "a">]>',
}


def with_document_type(content: bytes, document_type: str) -> bytes:
    declaration, rest = content.split(b"?>", 1)
    return declaration + b"?>" + document_type.encode() + rest


@EVERY_FORMAT_IN_XML
@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_document_type_with_entities_is_refused_and_nothing_published(
    tmp_path: Path, export: Export, kind: str
) -> None:
    content = with_document_type(export.of(Entry("&j;")), DOCUMENT_TYPES[kind])
    found = imported(tmp_path, {export.path: content})
    assert found.code == 1
    assert re.search("DOCTYPE|document type|no format knows", found.error)
    assert not found.is_published


@EVERY_FORMAT_IN_XML
def test_a_refused_file_is_a_dead_letter_and_those_beside_it_are_read(tmp_path: Path, export: Export) -> None:
    content = with_document_type(export.of(Entry("&j;")), DOCUMENT_TYPES["billion laughs"])
    others = {f"posts/2012-03-{day:02d}-tide.md": b"---\ntitle: Tide\n---\nWater." for day in range(1, 21)}
    found = imported(tmp_path, {**others, export.path: content})
    assert found.code == 3
    assert [letter["source"] for letter in found.letters] == [f"site/{export.path}"]
    assert found.report["read"]["posts"] == len(others)


@EVERY_FORMAT_IN_XML
def test_no_address_in_an_entity_is_asked(tmp_path: Path, export: Export, server: FaultyServer) -> None:
    address = f"http://127.0.0.1:{server.port}/secret"
    for document_type in (
        f'<!DOCTYPE x SYSTEM "{address}">',
        f'<!DOCTYPE x [<!ENTITY j SYSTEM "{address}">]>',
        f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}"> %p;]>',
    ):
        content = with_document_type(export.of(*numbered(1)), document_type)
        imported_export(tmp_path, export, content)
    assert not server.asked
