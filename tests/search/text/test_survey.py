from __future__ import annotations

from search.query.parser import parse
from search.results import Snippet
from search.text.fragments import Highlighter
from search.text.matching import Matcher, text_terms

THIN = "The mill and other things of a town. " * 600
"""Where `the` is often, and `other` looks like it to nobody who sees the letter before."""
FULL = "The the the, the the! Of the: the. "


def snippets(query: str, text: str) -> tuple[Snippet, ...]:
    highlighter = Highlighter(parse(query).node, ("en",))
    terms = tuple(text_terms(parse(query).node))
    assert Matcher(terms, ("en",), "en", "body").read(text).is_crowded
    return highlighter.snippets(text, "en")


def marked(snippet: Snippet) -> list[str]:
    return [fragment.text for fragment in snippet.fragments if fragment.matched]


def test_the_fullest_passage_of_a_text_full_of_a_word_comes_first() -> None:
    first, *_ = snippets("the", f"{THIN} {FULL} {THIN}")
    assert len(marked(first)) >= 7


def test_a_rare_word_is_shown_with_a_frequent_one() -> None:
    first, *_ = snippets("the OR kursk", f"{THIN} {FULL} {THIN} The end of Kursk. {THIN}")
    assert "Kursk" in marked(first)


def test_a_phrase_counts_double_in_a_crowd() -> None:
    first, *_ = snippets('the OR "town kursk"', f"{THIN} Of Kursk, the end. {THIN} The town Kursk. {THIN}")
    assert "town Kursk" in marked(first)


def test_every_passage_is_marked_from_end_to_end() -> None:
    found = snippets("the mill", f"“{THIN}” ")
    assert len(found) == 3
    for snippet in found:
        text = "".join(fragment.text for fragment in snippet.fragments)
        assert len(marked(snippet)) == text.lower().count("the ") + text.lower().count("mill")


def test_what_only_looks_like_a_word_is_not_marked() -> None:
    found = snippets("the", f"{'Therefore they themselves. ' * 300} The end. {'Thence then. ' * 300}")
    assert all(word in ("The", "the") for snippet in found for word in marked(snippet))
