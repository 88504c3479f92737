"""Where pages keep what: selectors for microformats, microdata, meta tags and the common blog templates.

A selector further up is more trustworthy; a template that is missing needs one row in each table. The
names behind the selectors: Blogger (`post-body`), WordPress (`entry-content`, `storycontent`), Movable Type
(`blogbody`, later `asset-body`), TypePad (`entry-body`, `entry-more`), Ghost (`gh-content`), Medium
(`e-content`), Substack (`available-content`).
"""

from __future__ import annotations

BODIES = (
    ".h-entry .e-content",
    "[itemprop~=articleBody]",
    ".post-body",
    ".entry-content",
    ".post-content",
    ".gh-content",
    ".available-content",
    ".asset-content",
    ".asset-body",
    ".entry-body",
    ".storycontent",
    ".blogbody",
    ".post .entry",
    ".entrytext",
    ".article-body",
    ".article-content",
    "article",
)
"""What holds the text of a post. More than one post's text makes a page an index."""

IN_BODIES = ".blogbody > .title, .blogbody > .date, .blogbody > .posted, .postmetadata"
"""What stands in such an element and is no text of the post."""

CONTINUED = (".entry-more", ".asset-more")
"""The rest of a text that is kept in two parts."""

FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        ".h-entry .p-name",
        "[itemprop~=headline]",
        ".post-title",
        ".entry-title",
        ".asset-name",
        ".entry-header",
        "h2.storytitle",
        ".blogbody > .title",
        ".post > h2:first-child",
        "h2 > a[rel~=bookmark]",
        "article h1",
        'meta[property="og:title"]',
        'meta[name="twitter:title"]',
        "h1",
    ),
    "summary": (
        ".p-summary",
        "h3.subtitle",
        'meta[property="og:description"]',
        'meta[name="description"]',
    ),
    "authors": (
        'meta[name="author"]',
        ".h-entry .p-author",
        "[itemprop~=author] [itemprop~=name]",
        "[itemprop~=author]",
        ".post-author .fn",
        ".author .fn",
        ".byline .author",
        ".entry-author",
        "a[rel~=author]",
        ".author",
    ),
    "tags": (
        ".post-labels a",
        "a[rel~=tag]",
        ".p-tag",
        ".p-category",
        'meta[property="article:tag"]',
        ".entry-tags a",
        ".post-tags a",
    ),
    "published": (
        'meta[property="article:published_time"]',
        "[itemprop~=datePublished]",
        ".dt-published",
        "time.entry-date.published",
        "abbr.published",
        "time[pubdate]",
        ".timestamp-link abbr",
        ".date-header",
        ".entry-date",
        ".post-date",
        ".asset-meta abbr",
        ".blog h2.date",
        'meta[name="date"]',
        'meta[name="DC.date.issued"]',
        "article time",
        "time",
    ),
    "updated": (
        'meta[property="article:modified_time"]',
        "[itemprop~=dateModified]",
        ".dt-updated",
        "time.updated",
        'meta[property="og:updated_time"]',
    ),
    "link": ('link[rel="canonical"]', "a.p-canonical", 'meta[property="og:url"]', "a.u-url"),
    "language": ('meta[http-equiv="content-language"]', 'meta[property="og:locale"]'),
    "blog": (
        'meta[property="og:site_name"]',
        ".site-title",
        "#banner-header",
        "#banner h1",
        "#header h1",
        ".Header h1",
        ".blog-title",
        'meta[name="application-name"]',
    ),
    "blog_link": (
        'link[rel="home"]',
        ".site-title a",
        "#banner-header a",
        "#banner h1 a",
        "#header h1 a",
        ".Header h1 a",
        'link[rel="start"]',
    ),
}
"""What says a field of the post. Of tags and authors, all elements of the first selector with any count."""

SIGNATURES = (
    ".blogbody .posted",
    "span.posted",
    ".post-footers",
    ".entry-footer",
    ".post-footer",
    ".postmetadata",
)
"""What says in one line who wrote the post and when."""

VALUE_ATTRIBUTES = ("content", "datetime")
"""Attributes that say more exactly than an element's text what it stands for."""

AROUND = (
    "script, style, nav, .tagcloud, .widget_tag_cloud, .widget.Label, .widget.BlogArchive, .widget-area,"
    " #sidebar, .sidebar, #respond, .comment-respond, .sharedaddy, .jp-relatedposts, .related-posts,"
    " .post-navigation, .post-share-buttons, .graf--title, .graf--subtitle"
)
"""What stands around a post, or in it, and is none of its text."""

INDEX_PAGES = "body.home, body.blog, body.archive, body.search, body.error404, body.category, body.tag"
"""How WordPress marks the body of a page that lists posts."""

COMMENTS = (
    "li.comment, li.pingback, li.trackback, div.comment, article.comment",
    "ol.commentlist > li, ol.commentlist .children > li",
    ".u-comment, .h-cite",
    "[itemprop~=comment]",
    "div.comments-body",
)
"""What holds one comment; replies to it may be inside."""

COMMENT_SECTIONS = (
    "#comments, .comments, .comments-area, #comments-block, .comment-list, ol.commentlist, .comments-content"
)
"""What holds all comments: not a place to look for what the post says of itself."""

COMMENT_AUTHORS = (
    ".comment-author .fn",
    "cite.fn",
    ".comment-header .user",
    ".comment-author cite",
    ".comment-author",
    ".commenter-name",
    ".comment-byline .author",
    ".p-author",
    "[itemprop~=author] [itemprop~=name]",
    "[itemprop~=author]",
    "[itemprop~=creator]",
    ".vcard .fn",
    ".comment-footer a",
    "cite",
)
COMMENT_DATES = (
    "time[datetime]",
    "[itemprop~=dateCreated]",
    "[itemprop~=commentTime]",
    ".dt-published",
    ".datetime",
    ".comment-timestamp",
    ".comment-metadata a",
    ".comment-meta a",
    ".commentmetadata a",
    ".comment-date",
    ".comment-byline abbr",
    ".comment-footer",
)
COMMENT_SIGNATURES = (".comments-post",)
COMMENT_TEXTS = (
    ".comment-content",
    "[itemprop~=commentText]",
    "[itemprop~=text]",
    ".e-content",
    ".p-content",
    ".comment-text",
    ".comment-body",
)
COMMENT_FURNITURE = (
    ".comment-author, .comment-header, .comment-meta, .commentmetadata, .comment-metadata, .comment-footer,"
    " .comments-post, .reply, .comment-actions, .comment-byline, .edit-link, .says,"
    " .comment-awaiting-moderation, .avatar"
)
"""What stands around a comment's text, inside of the element that holds both."""

COMMENTS_LEFT_OUT = (
    (".deleted-comment", "removed"),
    (".comment-awaiting-moderation", "pending"),
)
"""Signs inside a comment that it is not published."""
