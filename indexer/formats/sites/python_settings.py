"""Settings that are written as a Python program, read without running it."""

from __future__ import annotations

import ast
import re

_LARGEST = 1_000_000  # characters; the longest in use, Nikola's with all its comments, has a tenth
_ASSIGNED = re.compile(r"""^([A-Z][A-Z_]*)[ \t]*=[ \t]*u?(["'])([^"'\n\\]*)\2[ \t]*(?:#.*)?$""", re.MULTILINE)


def python_settings(text: str) -> dict[str, object]:
    """The names in capitals that are given a constant at the top level, the last one counting.

    A program that is not of this Python is read line by line, for its texts alone.
    """
    if len(text) > _LARGEST:
        return {}
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {found[1]: found[3] for found in _ASSIGNED.finditer(text)}
    settings: dict[str, object] = {}
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
                try:
                    settings[name] = ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    settings.pop(name, None)  # it is worked out, and by running it alone
    return settings
