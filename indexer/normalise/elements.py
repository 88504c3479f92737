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
"""Those that go with everything inside them."""

CLUTTER = _words(
    "sharedaddy jp-relatedposts addtoany_share_save_container a2a_kit sharethis ssba shareaholic-canvas"
    " social-share share-buttons post-share-buttons feedflare wpcnt twitter-share-button"
)
"""Share buttons, related posts and feed footers, by the classes that plugins give them."""

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
