"""How bylines are worded, language by language: `NAMES verb preposition [article] PUBLICATION:`.

The verbs stand in the present tense, as editors introduce what they quote. What may follow a verb
differs: "comments on Trump:" names no publication.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a byline: alternatives separated by spaces, in the syntax of regular expressions.

    `_` stands for a space inside a verb. `confidence` (0 to 1) is how sure the wording alone makes.
    """

    verbs: str
    prepositions: str
    articles: str
    confidence: float


WORDINGS = (
    Wording("reports? writes? comments? explains?", "in for at", "the", 0.95),  # English
    Wording("writes? posts? blogs?", "on at in", "the", 0.8),
    Wording(
        "argues? notes? says? observes? asks? warns? describes? discusses? analy[sz]es? suggests? contends?"
        " opines? reveals? reflects? reviews? wonders? predicts? details? examines? explores? outlines?"
        " considers? cautions? advises? chronicles? documents? recounts? marvels? jokes? complains? muses?"
        " investigates? summari[sz]es? points?_out elaborates? maintains? asserts? posits? insists?"
        " speculates? worries recalls? declares? remarks? concludes? claims? believes? thinks?"
        " interviews? profiles? highlights? shares? tells_us reminds_us laments? ponders? proposes?",
        "in",
        "the",
        0.85,
    ),
    Wording("argues? notes? says? observes? asks? warns?", "at on", "the", 0.7),
    Wording(  # German
        "berichte[tn] schreib(?:t|en) kommentier(?:t|en) erklär(?:t|en) mein(?:t|en) warn(?:t|en)"
        " argumentier(?:t|en) analysier(?:t|en) frag(?:t|en) erläuter(?:t|n) beschreib(?:t|en) melde[tn]"
        " notier(?:t|en) beobachte[tn]",
        "in im für bei auf",
        "der die das dem den",
        0.9,
    ),
    Wording(  # French
        "rapporte(?:nt)? écri(?:t|vent) commente(?:nt)? explique(?:nt)? analyse(?:nt)? note(?:nt)?"
        " observe(?:nt)? affirme(?:nt)? raconte(?:nt)? avertit souligne(?:nt)? décri(?:t|vent) révèle(?:nt)?",
        "dans pour sur",
        "le la les",
        0.9,
    ),
    Wording(  # Spanish
        "informan? escriben? comentan? explican? reportan? señalan? analizan? advierten? sostienen? cuentan?"
        " afirman? opinan? describen?",
        "en para",
        "el la los las",
        0.9,
    ),
    Wording(  # Italian
        "scriv(?:e|ono) riportan?o? riporta commentan?o? commenta spiegan?o? spiega raccontan?o? racconta"
        " osserva avverte analizza(?:no)? sostiene denuncia",
        "in su sul sulla sullo nel nella per",
        "il lo la",
        0.9,
    ),
    Wording(  # Portuguese
        "escrevem? relatam? comentam? explicam? informam? noticiam? analisam? alertam? contam? afirmam?",
        "em no na nos nas para",
        "o a os as",
        0.9,
    ),
    Wording(  # Dutch
        "schrij(?:ft|ven) mel(?:dt|den) berich(?:t|ten) zeg(?:t|gen) waarschu(?:wt|wen) betoogt vertelt",
        "in voor op bij",
        "de het",
        0.9,
    ),
    Wording("escriu(?:en)? informa explica comenta", "a al en", "la el", 0.9),  # Catalan
    Wording(  # Swedish, Danish, Norwegian
        "skriver rapporter(?:ar|er) kommenterar kommenterer förklarar forklarer berättar fortæller forteller"
        " melder anmälde varnar advarer analyserar analyserer",
        "i för for på",
        "",
        0.9,
    ),
    Wording(
        "kirjoitta[av]+t? kertoo raportoi kommentoi selittää", "", "", 0.85
    ),  # Finnish: the name is inflected
    Wording(  # Polish
        "pisz[eą] donos(?:i|zą) komentuj[eą] wyjaśniaj?ą? zauważaj?ą? ostrzegaj?ą?"
        " informuj[eą] relacjonuj[eą]",
        "w we na dla",
        "",
        0.9,
    ),
    Wording(  # Russian
        "пиш[еу]т сообща[ею]т рассказыва[ею]т объясня[ею]т комментиру[ею]т отмеча[ею]т",
        "в во на для",
        "газете журнале",
        0.9,
    ),
)

REPORTING = "reports? report explains? writes? says? comments? notes? argues? warns? finds?"
"""English verbs of a publication that speaks for itself: `The Economist explains:`."""
