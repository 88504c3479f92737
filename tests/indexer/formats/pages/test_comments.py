"""The comments on a page, as each system writes them."""

from __future__ import annotations

from io import BytesIO

import pytest

from indexer.formats import page
from indexer.record import RawComment
from indexer.source import Source

PAGE = (
    '<!DOCTYPE html><html><head><link rel="canonical" href="http://blog.example.com/a.html">'
    '<meta property="og:type" content="article"></head><body><div class="post-body">The post.'
    "</div>{}</body></html>"
)

SYSTEMS = {
    "blogger, threaded": (
        '<div class="comments" id="comments"><ol><li class="comment" id="c1"><div class="comment-block">'
        '<div class="comment-header"><cite class="user"><a href="x">Ada</a></cite><span class="datetime">'
        '<a href="http://blog.example.com/a.html#c1">2012-03-02 10:00</a></span></div>'
        '<p class="comment-content">One</p><span class="comment-actions">Reply</span></div>'
        '<div class="comment-replies"><ol><li class="comment" id="c2"><div class="comment-block">'
        '<div class="comment-header"><cite class="user">Bo</cite><span class="datetime">2012-03-02'
        ' 11:00</span></div>'
        '<p class="comment-content">Two</p></div></li></ol></div></li></ol></div>'
    ),
    "blogger, classic": (
        '<dl id="comments-block"><dt class="comment-author" id="c1">Ada said...</dt><dd'
        ' class="comment-body"><p>One</p>'
        '</dd><dd class="comment-footer">2012-03-02 10:00</dd><dt class="comment-author" id="c2">Bo'
        ' said...</dt>'
        '<dd class="comment-body"><p>Two</p></dd><dd class="comment-footer">2012-03-02 11:00</dd></dl>'
    ),
    "wordpress blocks": (
        '<ol class="wp-block-comment-template"><li id="comment-1" class="comment"><div'
        ' class="wp-block-comment-author-name">'
        '<a href="x">Ada</a></div><div class="wp-block-comment-date"><time datetime="2012-03-02'
        ' 10:00">March 2</time></div>'
        '<div class="wp-block-comment-content"><p>One</p></div><div'
        ' class="wp-block-comment-reply-link">Reply</div>'
        '<ol><li id="comment-2" class="comment"><div class="wp-block-comment-author-name">Bo</div><time '
        'datetime="2012-03-02 11:00">March 2</time><div class="wp-block-comment-content"><p>Two</p>'
        '</div></li></ol></li></ol>'
    ),
    "isso": (
        '<div id="isso-root"><div class="isso-comment" id="isso-1"><span class="isso-author">Ada</span><time '
        'datetime="2012-03-02 10:00">x</time><div class="isso-text"><p>One</p></div><div'
        ' class="isso-follow-up">'
        '<div class="isso-comment" id="isso-2"><span class="isso-author">Bo</span><time'
        ' datetime="2012-03-02 11:00">x</time>'
        '<div class="isso-text"><p>Two</p></div></div></div></div></div>'
    ),
    "giscus": (
        '<div class="gsc-comment"><a class="gsc-comment-author">Ada</a><time datetime="2012-03-02'
        ' 10:00">x</time>'
        '<div class="gsc-comment-content"><p>One</p></div><div class="gsc-reply"><a'
        ' class="gsc-comment-author">Bo</a>'
        '<time datetime="2012-03-02 11:00">x</time><div class="gsc-comment-content"><p>Two</p></div>'
        '</div></div>'
    ),
    "disqus, as its plugin writes it": (
        '<ul id="dsq-comments"><li class="comment" id="dsq-comment-1"><cite id="dsq-cite-1"><span'
        ' id="dsq-author-user-1">'
        'Ada</span></cite><time datetime="2012-03-02 10:00">x</time><div id="dsq-comment-message-1">'
        '<p>One</p></div></li>'
        '<li class="comment" id="dsq-comment-2"><span id="dsq-author-user-2">Bo</span><time'
        ' datetime="2012-03-02 11:00">'
        'x</time><div id="dsq-comment-message-2"><p>Two</p></div></li></ul>'
    ),
    "livejournal": (
        '<div class="b-leaf" id="t1"><span class="b-leaf-username-name">Ada</span><span'
        ' class="b-leaf-createdtime">'
        '2012-03-02 10:00</span><div class="b-leaf-article">One</div></div><div class="b-leaf" id="t2"><span '
        'class="b-leaf-username-name">Bo</span><span class="b-leaf-createdtime">2012-03-02 11:00</span>'
        '<div class="b-leaf-article">Two</div></div>'
    ),
    "microformats": (
        '<div class="u-comment h-cite" id="r1"><a class="p-author h-card">Ada</a><time class="dt-published" '
        'datetime="2012-03-02 10:00">x</time><div class="e-content">One</div></div><div'
        ' class="u-comment h-cite" id="r2">'
        '<a class="p-author h-card">Bo</a><time datetime="2012-03-02 11:00">x</time><div'
        ' class="e-content">Two</div></div>'
    ),
    "json-ld": (
        '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "A", "comment": ['
        '{"@type": "Comment", "author": {"name": "Ada"}, "dateCreated": "2012-03-02 10:00", "text": "One"},'
        '{"@type": "Comment", "author": "Bo", "datePublished": "2012-03-02 11:00", "text": "Two"}]}</script>'
    ),
    "minimal mistakes": (
        '<article class="comment" id="comment1"><h3 class="comment__author">Ada</h3><time'
        ' datetime="2012-03-02 10:00">x'
        '</time><div class="comment__content"><p>One</p></div></article><article class="comment"'
        ' id="comment2">'
        '<h3 class="comment__author">Bo</h3><time datetime="2012-03-02 11:00">x</time>'
        '<div class="comment__content"><p>Two</p></div></article>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("system", SYSTEMS)
def test_comments_have_their_author_date_and_text(system: str) -> None:
    data = PAGE.format(SYSTEMS[system]).encode()
    _, *comments = page.read(Source("a.html", lambda: BytesIO(data)))
    found = [
        (comment.author, comment.published, comment.body.replace("<p>", "").replace("</p>", "").strip())
        for comment in comments
        if isinstance(comment, RawComment)
    ]
    assert found == [("Ada", ("2012-03-02 10:00",), "One"), ("Bo", ("2012-03-02 11:00",), "Two")]


def test_what_a_post_answers_on_another_site_is_no_comment_on_it() -> None:
    data = PAGE.format(
        '<div class="u-in-reply-to h-cite"><p class="p-author">Cy</p>Their post</div>'
    ).encode()
    assert len(list(page.read(Source("a.html", lambda: BytesIO(data))))) == 1
