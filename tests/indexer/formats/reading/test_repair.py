"""What can be mended is; what was whole stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.formats.reading.repair import mended


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (b"<a>x & y</a>", b"<a>x &amp; y</a>"),
        (b"<a>&amp;&lt;&#65;&#x41;</a>", b"<a>&amp;&lt;&#65;&#x41;</a>"),
        (b"<a>&eacute;&LT;&nosuch;</a>", "<a>é&lt;&amp;nosuch;</a>".encode()),
        (b"<a>&#1;&#xD800;&#x110000;</a>", b"<a></a>"),
        (b"<a>1 < 2 <3 << </a>", b"<a>1 &lt; 2 &lt;3 &lt;&lt; </a>"),
        (b"<a>x ]]> y</a>", b"<a>x ]]&gt; y</a>"),
        (b"<a><![CDATA[x & y < z]]></a>", b"<a><![CDATA[x & y < z]]></a>"),
        (b"<a><![CDATA[x ]]> y]]></a>", b"<a><![CDATA[x ]]]]><![CDATA[> y]]></a>"),
        (b"<a><![CDATA[x]]><![CDATA[y]]></a>", b"<a><![CDATA[xy]]></a>"),
        (
            b"<a><![CDATA[never closed & open",
            b"<a>&lt;![CDATA[never closed &amp; open",
        ),
    ],
)
def test_broken_markup_is_mended(broken: bytes, whole: bytes) -> None:
    assert mended(broken) == whole


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)))
def test_well_formed_markup_keeps_its_meaning(texts: list[str]) -> None:
    root = etree.Element("root")
    for text in texts:
        etree.SubElement(root, "a").text = text
        etree.SubElement(root, "b").text = etree.CDATA(text.replace("]]>", ""))
    markup = etree.tostring(root, encoding="utf-8")
    again = etree.fromstring(mended(markup))
    assert [child.text or "" for child in again] == [child.text or "" for child in etree.fromstring(markup)]
