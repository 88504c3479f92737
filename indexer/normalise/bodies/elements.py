"""The elements of HTML: which are shown, which are never seen, and which begin a new line."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHOWN = _words(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup"
    " dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins"
    " kbd li main mark ol p picture pre q rp rt ruby s samp section small span strike strong sub summary"
    " sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
"""Those that remain in a post; of any other only what is inside it."""

WITHOUT_CONTENT = _words(
    "script style template noscript iframe object embed applet svg math nav button select textarea input"
    " title head audio video canvas noembed noframes"
)
"""Those that go with everything inside them, after what they embed has become a link."""

CLUTTER = _words(
    # to share and to like
    "sharedaddy sd-sharing sharethis sharethis-inline-share-buttons ssba ssba-wrap shareaholic-canvas"
    " addthis_toolbox addthis_inline_share_toolbox addtoany_share_save_container addtoany_content"
    " a2a_kit social-share social-sharing share-buttons post-share-buttons post-share swp_social_panel"
    " essb_links heateor_sss_sharing_container mashsb-container et_social_inline tweetmeme_button"
    " fb-like fb-share-button twitter-share-button g-plusone sociable feedflare wpcnt"
    " blogger-share-buttons jp-post-flair"
    # other posts
    " jp-relatedposts yarpp yarpp-related yarpp-related-rss related-posts related_posts relatedposts"
    " crp_related rp4wp-related-posts wp_rp_wrap zemanta-related zemanta-pixie outbrain OUTBRAIN taboola"
    " post-navigation nav-links more-link excerpt-more"
    # who writes here
    " author-box author-bio-box saboxplugin-wrap abh_box molongui-author-box"
    " pp-multiple-authors-boxes-wrapper"
    # advertisements
    " adsbygoogle google-auto-placed wordads wpa ad-container advertisement"
    # to subscribe and to comment
    " wp-block-jetpack-subscriptions jetpack_subscription_widget mailpoet_form mc_embed_signup"
    " tnp-subscription wp-block-mailpoet-subscription-form kg-signup-card formkit-form ml-form-embed"
    " sib-form subscription-widget-wrap comment-respond comment-form"
    # for machines, and for those who hear a page
    " screen-reader-text sr-only visually-hidden headerlink header-anchor anchorjs-link"
    # numbers of lines of code
    " lineno linenos linenodiv rouge-gutter lnt ln blob-num line-numbers-rows hljs-ln-numbers"
)
"""What stands in a post and is none of it, by the classes that software gives it."""

GUTTERS = _words("gutter code-gutter")
"""Classes of the cells of a table in which the lines of code are numbered, and of much else."""

REWRITTEN = _words("katex MathJax MathJax_Preview MJX_Assistive_MathML")
"""Classes of formulas, which are there twice: drawn, and as they were written."""

BLOCKS = _words(
    "address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p pre section summary"
    " table tbody tfoot thead tr ul"
)
"""Those that a reader sees on lines of their own."""

CELLS = _words("td th option")
"""Those beside each other on one line."""

VERBATIM = _words("xmp plaintext")
"""Those whose text may look like tags."""
