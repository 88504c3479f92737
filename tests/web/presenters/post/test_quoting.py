"""A link leads to the place of a text that names whom it quotes."""

from __future__ import annotations

import pytest

from web.presenters.post.quoting import with_anchor


@pytest.mark.parametrize(
    ("html", "anchored"),
    [
        ("<p>As Bo Berg said.</p>", '<p>As <span id="quoting">Bo Berg</span> said.</p>'),
        ("<p>As <b>Bo\n Berg</b></p>", '<p>As <b><span id="quoting">Bo\n Berg</span></b></p>'),
        ("<p>Bo Berger &amp; The Times</p>", '<p>Bo Berger &amp; <span id="quoting">The Times</span></p>'),
        ("<p>The Times, Bo Berg</p>", '<p>The Times, <span id="quoting">Bo Berg</span></p>'),
        ('<a title="Bo Berg">who</a>', '<a title="Bo Berg">who</a>'),
        ("<p>nobody &lt;b&gt;</p>", "<p>nobody &lt;b&gt;</p>"),
    ],
)
def test_the_first_name_that_a_text_has_is_the_place(html: str, anchored: str) -> None:
    assert with_anchor(html, ("Bo Berg", "The Times")) == anchored


def test_names_are_text_whatever_they_look_like() -> None:
    assert with_anchor("<p>a+ &lt;i&gt; b</p>", ("<i>",)) == '<p>a+ <span id="quoting">&lt;i&gt;</span> b</p>'
    assert with_anchor("<p>x</p>", ("", "(")) == "<p>x</p>"
