"""Marks that run a test for every format that a trap applies to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.indexer.hostile.entries import Export
from tests.indexer.hostile.exports import EXPORTS, IN_JSON, IN_XML, OF_POSTS


def each(exports: Mapping[str, Export]) -> pytest.MarkDecorator:
    """A test's `export` is each of these in turn, named by its format."""
    return pytest.mark.parametrize("export", exports.values(), ids=exports.keys())


OF_MANY = {name: export for name, export in OF_POSTS.items() if export.many}
TAGGED = {name: export for name, export in OF_POSTS.items() if export.tagged}
DATED = {name: export for name, export in OF_POSTS.items() if export.dated}
WITH_HTML = {name: export for name, export in OF_POSTS.items() if name != "plaintext"}

EVERY_FORMAT = each(EXPORTS)
EVERY_FORMAT_OF_POSTS = each(OF_POSTS)
EVERY_FORMAT_OF_MANY = each(OF_MANY)
EVERY_FORMAT_IN_XML = each(IN_XML)
EVERY_FORMAT_IN_JSON = each(IN_JSON)
EVERY_FORMAT_WITH_TAGS = each(TAGGED)
EVERY_FORMAT_WITH_DATES = each(DATED)
EVERY_FORMAT_WITH_HTML = each(WITH_HTML)
