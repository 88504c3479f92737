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
    ".wp-block-post-content",
    ".body.markup",
    ".b-singlepost-body, .aentry-post__text, .entry-text",
    ".sqs-block-content-wrapper, .blog-item-content",
    ".blog-post .blog-content",
    ".field--name-body, .field-name-body",
    ".post .entry",
    ".entrytext",
    ".article-body",
    ".article-content",
    ".article__content, .article__body, .post__content, .post-entry, .single-content, .page__content",
    ".post-full-content",
    ".story-body, .storybody, .article-text, .story-content",
    "article",
)
"""What holds the text of a post. More than one post's text makes a page an index."""

MAIN_TEXTS = (
    "[role=main] .content, main .content",
    "#content .post, #content .entry",
    ".hentry",
    ".post",
    "main",
)
"""What may hold the text in a template that is none of these."""

IN_BODIES = (
    ".blogbody > .title, .blogbody > .date, .blogbody > .posted, .postmetadata, .tag-links, .post-tags"
    ", .entry-tags, .post-labels, .post-meta, .entry-meta, .post-header, .entry-header, h1.entry-title"
    ", h1.post-title, .pw-post-title, .speechify-ignore"
)
"""What stands in such an element and is no text of the post."""

CONTINUED = (".entry-more", ".asset-more")
"""The rest of a text that is kept in two parts."""

FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        "h1.entry-title, h1.post-title, h1.p-name, h1.article-title, h1.gh-article-title",
        "h1.wp-block-post-title",
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
        "h1.headline, h1.title, .article-title, .post__title",
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
        ".author-name, .article-author, .byline-name, .byline__name, .post-byline, .c-byline__author",
        ".byline a",
        'meta[property="article:author"], meta[property="author"]',
        'meta[name="parsely-author"], meta[name="sailthru.author"], meta[name="dc.creator" i]',
        'meta[name="byl"]',
        ".author a",
        ".author",
        ".byline, .by-line, .blog-author, .b-singlepost-author-user, .username",
        "a[href*='/author/'], a[href*='/authors/']",
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
        'meta[name="date" i], meta[name="pubdate" i], meta[name="publish-date" i]',
        'meta[name="publishdate" i]',
        'meta[name="parsely-pub-date"], meta[name="sailthru.date"], meta[name="article:published_time"]',
        'meta[name^="dc.date" i], meta[name^="dcterms.date" i], meta[name="dcterms.created" i]',
        'meta[name="citation_publication_date"], meta[property="og:published_time"]',
        "article time[datetime]",
        "article time",
        "time[datetime]",
        "time",
        ".post-meta .date, .entry-meta .date, .published, .pubdate, .publish-date, .post__date, .dateline",
        ".article-date, .article__date, .b-singlepost-author-userinfo-screen time, .blog-date, .posted-on",
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
    " .post-navigation, .post-share-buttons, .graf--title, .graf--subtitle,"
    " .share, .sharing, .share-buttons, .social, .social-share, .social-links, .post-share, .article-share,"
    " .addtoany_share_save_container, .a2a_kit, .heateor_sss_sharing_container, .essb_links, .ssba, .shariff,"
    " .related, .related-articles, .relatedposts, .yarpp-related, .yarpp, .crp_related, #related-posts,"
    " .read-next, .read-more-wrap, .recommended, .more-stories, .post-nav, .nav-links, .pagination, .pager,"
    " .post-pagination, .prev-next, .navigation, .breadcrumb, .breadcrumbs, #breadcrumbs,"
    " .author-box, .author-bio, .about-author, .author-info, .post-author-box, .saboxplugin-wrap,"
    " .subscribe, .subscription-widget-wrap, .subscribe-widget, .newsletter,"
    " .newsletter-signup, .gh-subscribe,"
    " .subscribe-form, .mc4wp-form, .jetpack_subscription_widget, .button-wrapper, .paywall,"
    " .cookie-notice, .cookie-banner, .cookie-consent, #cookie-notice,"
    " #cookie-law-info-bar, #cookieChoiceInfo,"
    " .cookie, .cky-consent-container, #CybotCookiebotDialog, #onetrust-consent-sdk, .cc-window,"
    " .ad, .ads, .adsbygoogle, .advertisement,"
    " .advert, .skip-link, .screen-reader-text,"
    " aside.widget, .site-header, .site-footer, body > footer, body > header, #footer, .footer"
)
"""What stands around a post, or in it, and is none of its text."""

INDEX_PAGES = (
    "body.home:not(.single), body.archive:not(.single), body.search"
    ", body.error404, body.category:not(.single), body.tag:not(.single), body.author, body.paged:not(.single)"
    ", body.home-template, body.tag-template, body.author-template, body.index-page, body.archive-page"
)
"""How WordPress, Ghost and Movable Type mark the body of a page that lists posts."""

ATTACHMENT_PAGES = "body.attachment"
"""How WordPress marks the page that shows a picture."""

POST_PAGES = (
    "body.single, body.single-post, body.post-template, body.item-view, body[class*=postid-]"
    ", body[class*=page-id-]"
)
"""How WordPress, Ghost and Blogger mark the body of a page with one post."""

POST_LINKS = (
    ".h-entry a.u-url, .entry-title a[href], .post-title a[href], h2 > a[rel~=bookmark], article h2 a[href]"
    ", article h3 a[href], .post-card-content-link, .post-card a[href], .hentry h2 a[href], a.post-link"
    ", .asset-name a[href], .entry-header > a[href], .storytitle a[href]"
    ", .post-preview a[href], .read-more a[href]"
    ", .summary-title a[href], .BlogList-item-title, .archive-item-link, .archive__item-title a[href]"
)
"""What leads from a list of posts to each."""

MAIN_TITLES = "h1.entry-title, h1.post-title, h1.p-name, h1.article-title, h1[itemprop~=headline], article h1"
"""The title of the one post of a page, where no link is in it."""

COMMENTS = (
    "li.comment, li.pingback, li.trackback, div.comment, article.comment",
    "ol.commentlist > li, ol.commentlist .children > li",
    ".isso-comment",
    ".gsc-comment, .gsc-reply",
    ".timeline-comment",
    ".ljcmt_full, .comment-wrap, .b-leaf, .mdspost-comment",
    "#posts li.post, .dsq-comment",
    ".u-comment, .p-comment",
    ".h-cite:not(.u-in-reply-to):not(.u-like-of):not(.u-repost-of):not(.u-bookmark-of)",
    "[itemprop~=comment]",
    "div.comments-body",
)
"""What holds one comment; replies to it may be inside."""

COMMENT_SECTIONS = (
    "#comments, .comments, .comments-area, #comments-block, .comment-list, ol.commentlist, .comments-content"
)
"""What holds all comments: not a place to look for what the post says of itself."""

COMMENT_AUTHORS = (
    ".wp-block-comment-author-name",
    ".isso-author, .gsc-comment-author, .comment__author, .dsq-commenter-name, [id^=dsq-author-user]",
    ".b-leaf-username-name, .ljuser, .comment-poster-info",
    ".post-byline .author, .author .publisher-anchor-color",
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
    "time[datetime], relative-time[datetime]",
    ".post-meta .time-ago[title]",
    ".b-leaf-createdtime, .comment__date",
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
    ".wp-block-comment-content",
    ".isso-text, .gsc-comment-content, .markdown-body, .comment__content, [id^=dsq-comment-message]",
    ".b-leaf-article, .post-message, .field--name-comment-body, .field-name-comment-body",
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
    " .comment-awaiting-moderation, .avatar, .wp-block-comment-reply-link,"
    " .isso-comment-footer, .gsc-comment-footer,"
    " .b-leaf-footer, .post-menu"
)
"""What stands around a comment's text, inside of the element that holds both."""

COMMENTS_LEFT_OUT = (
    (".deleted-comment", "removed"),
    (".comment-awaiting-moderation", "pending"),
)
"""Signs inside a comment that it is not published."""
