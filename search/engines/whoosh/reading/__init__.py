"""An index of arrays behind Whoosh's own interfaces, for its `Searcher` and what else is written for it."""
