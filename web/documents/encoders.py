"""What writes each of the documents."""

from __future__ import annotations

from web.documents.encoding import Encoder
from web.documents.facets import CompletionsDocument, FacetDocument
from web.documents.health import Alive, Ready
from web.documents.post import PostDocument
from web.documents.problem import ProblemDocument
from web.documents.search import ExportedResult, SearchDocument

SEARCH = Encoder(SearchDocument)
EXPORTED = Encoder(ExportedResult)
POST = Encoder(PostDocument)
FACET = Encoder(FacetDocument)
COMPLETIONS = Encoder(CompletionsDocument)
ALIVE = Encoder(Alive)
READY = Encoder(Ready)
PROBLEM = Encoder(ProblemDocument)
