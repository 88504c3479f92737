"""The query language: text to a small tree of plain data, and that tree made laxer."""
