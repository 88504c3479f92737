"""An index of arrays behind Whoosh's own interfaces, for its `Searcher` and whatever else is written for it."""
