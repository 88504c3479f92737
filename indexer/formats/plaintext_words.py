"""How lines of a page copied as text are recognised: dates, owners, and the words around comments.

One row a language; a new one needs its row, and its months in `indexer.normalise.months`. Patterns are
matched against whole lines, with white space collapsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.normalise.months import MONTHS

_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b\.?"

_DATE = re.compile(
    rf"""
    (?:(?:posted|published|veröffentlicht|publié|publicado|pubblicato|geplaatst)\ )?
    (?:(?:on|am|le|el|il|em|op)\ )?
    (?P<date>
      (?P<before>\d{{1,2}}[:.h]\d\d(?:\ ?[ap]\.?m\.?)?,?\ )?
      (?:[^\W\d_]{{2,12}}(?:-feira)?\.?,?\ )?  # the day of the week
      (?: {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,?\ \d{{4}}
        | \d{{1,2}}(?:\.|er|º|ª|°|st|nd|rd|th)?\ (?:(?:de|of)\ )?{_MONTH},?\ (?:(?:de|del)\ )?\d{{4}}
        | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
        | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}
        | {_MONTH},?\ (?:de\ )?\d{{4}}
      )
      (?P<time>
        (?:,|\ -|T)?\ ?(?:(?:at|um|à|a\ las|alle|às|om|o)\ )?
        \d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\ ?[ap]\.?\ ?m\.?)?(?:\ uhr)?(?:\ ?[A-Z]{{1,4}}|\ ?[+-]\d\d:?\d\d)?
      )?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_DATE = 80  # characters
_LONGEST_NAME_LINE = 120


def date_in(line: str) -> str:
    """The date that the line is, without `Posted on`; empty where it is anything else."""
    found = _DATE.fullmatch(line) if len(line) <= _LONGEST_DATE else None
    return found["date"] if found else ""


def is_time(line: str) -> bool:
    """Whether the line is a date with a time of day, such as ends a comment."""
    found = _DATE.fullmatch(line) if len(line) <= _LONGEST_DATE else None
    return found is not None and bool(found["time"] or found["before"])


@dataclass(frozen=True, slots=True)
class _Words:
    """What one language's pages say around comments and beside the blog's owner. `|` parts alternatives."""

    none: str
    comments: str
    said: str
    form: str
    buttons: str
    below: str
    blog_by: str


_LANGUAGES = (
    _Words(  # English
        none="no|one",
        comments="comments?",
        said="said|says|wrote",
        form="post a comment|leave a comment|add a comment",
        buttons="reply|delete|replies|load more|share",
        below="newer posts?|older posts?|home|subscribe to: .*|links to this post|create a link|email this",
        blog_by="blog by|blog of",
    ),
    _Words(  # German
        none="keine?|ein",
        comments="kommentare?",
        said="hat gesagt|sagte|schrieb",
        form="kommentar veröffentlichen|kommentar posten",
        buttons="antworten?|löschen",
        below="neuerer post|älterer post|startseite|abonnieren: .*",
        blog_by="blog von",
    ),
    _Words(  # French
        none="aucun|un",
        comments="commentaires?",
        said="a dit|a écrit",
        form="enregistrer un commentaire|publier un commentaire",
        buttons="répondre|supprimer|réponses",
        below="article plus récent|article plus ancien|accueil|inscription à : .*",
        blog_by="blog de|blog d'",
    ),
    _Words(  # Spanish
        none="sin|un|ningún",
        comments="comentarios?",
        said="dijo|escribió",
        form="publicar un comentario(?: en la entrada)?",
        buttons="responder|eliminar|suprimir|respuestas",
        below="entrada más reciente|entrada antigua|inicio|página principal|suscribirse a: .*",
        blog_by="blog de",
    ),
    _Words(  # Italian
        none="nessun|un",
        comments="comment[oi]",
        said="ha detto|ha scritto",
        form="posta un commento",
        buttons="rispondi|elimina|risposte",
        below="post più recente|post più vecchio|home page|iscriviti a: .*",
        blog_by="blog di",
    ),
    _Words(  # Portuguese
        none="nenhum|sem|um",
        comments="comentários?",
        said="disse|escreveu",
        form="postar um comentário|enviar um comentário",
        buttons="responder|excluir|eliminar|respostas",
        below="postagem mais recente|postagem mais antiga|mensagem mais recente|mensagem antiga"
        "|página inicial|assinar: .*|subscrever: .*",
        blog_by="blog de|blog do|blog da|blogue de",
    ),
    _Words(  # Dutch
        none="geen|een",
        comments="reacties?|opmerking(?:en)?",
        said="zei|schreef",
        form="een reactie (?:posten|plaatsen)",
        buttons="beantwoorden|verwijderen|reacties verwijderen",
        below="nieuwere post|oudere post|homepage|abonneren op: .*",
        blog_by="blog van",
    ),
)


def _any(part: str) -> str:
    return "(?:" + "|".join(getattr(words, part) for words in _LANGUAGES) + ")"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_COUNT = _whole(rf"(?:(?P<number>\d{{1,6}})|{_any('none')}) {_any('comments')} ?:?|{_any('comments')} ?:")
_SAID = _whole(rf"(?P<name>\S.{{0,100}}?) {_any('said')} ?(?:\.\.\.|…|:)")
_FORM = _whole(_any("form"))
_BUTTONS = _whole(rf"(?:{_any('buttons')} ?)+")
_BELOW = _whole(_any("below"))
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,4})"
_OWNERS = (
    _whole(rf"(?:\w+ ){{0,3}}?{_any('blog_by')} ?{_NAME}"),
    _whole(rf"{_NAME}['’]s? (?:\w+ ){{0,2}}?(?:we)?blog"),
)


def comment_count(line: str) -> int | None:
    """How many comments the line announces, -1 where it gives no number; None where it is no such line."""
    found = _COUNT.fullmatch(line)
    if not found:
        return None
    return int(found["number"]) if found["number"] else -1


def commenter(line: str) -> str:
    """The name in `Name said...`, or empty where the line is anything else."""
    found = _SAID.fullmatch(line)
    return found["name"] if found else ""


def is_form(line: str) -> bool:
    """Whether the line invites to comment, which ends the comments."""
    return _FORM.fullmatch(line) is not None


def is_button(line: str) -> bool:
    """Whether the line is a button under a comment: `Reply`, `Delete`."""
    return len(line) <= 60 and _BUTTONS.fullmatch(line) is not None


def is_below(line: str) -> bool:
    """Whether the line is one of the links at the foot of a page: `Older Post`, `Home`."""
    return _BELOW.fullmatch(line) is not None


def owner_in(line: str) -> str:
    """The person whose blog the line names: `A Blog by Ada Low`, `Ada Low's Blog`; or empty."""
    for pattern in _OWNERS if len(line) <= _LONGEST_NAME_LINE else ():
        if (found := pattern.fullmatch(line)) and found["name"][0].isupper():
            return found["name"]
    return ""
