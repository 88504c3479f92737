from __future__ import annotations

import pytest

from search.query.parser import parse
from search.query.relax import relax
from tests.search.query.sexpr import sexpr


@pytest.mark.parametrize(
    ("strict", "lax"),
    [
        ("war peace", "(or war peace)"),
        ('war "cold peace" pre* fuz~', '(or war "cold peace" (prefix pre) (fuzzy fuz 1))'),
        ("title:war body:peace", "(or title:war body:peace)"),
        ("war peace -truce", "(and (not truce) (or war peace))"),
        ("war peace date:2024 in:posts", "(and (dates 2024..2024) in:posts (or war peace))"),
        ("war peace tag:x author:y", "(and tag:x author:y (or war peace))"),
        ("(war peace) OR truce", "(or war peace truce)"),
        ("(war peace tag:x) OR truce", "(or (and tag:x (or war peace)) truce)"),
        ("(war OR peace) truce", "(or war peace truce)"),
        ("(tag:x OR tag:y) war truce", "(and (or tag:x tag:y) (or war truce))"),
        ("war -(peace truce)", "(and (not (and peace truce)) war)"),
    ],
)
def test_words_become_alternatives_and_limits_stay(strict: str, lax: str) -> None:
    assert sexpr(relax(parse(strict).node)) == lax


@pytest.mark.parametrize(
    "text", ["", "war", '"cold war"', "war OR peace", "-war", "tag:x author:y", "date:2024", "war tag:x"]
)
def test_a_query_that_cannot_be_laxer_still_finds_the_same(text: str) -> None:
    node = parse(text).node
    once = relax(node)
    assert sorted(sexpr(once)) == sorted(sexpr(node))
    assert relax(once) == once
