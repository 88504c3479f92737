"""The query language: from what was typed to a tree, whatever was typed.

Words are joined by *and*, which may be written. OR binds looser than words standing side by side:
`a b OR c d` is `(a b) OR (c d)`. NOT and `-` take the next word, phrase or group. A field before a group
holds for all of it: `title:(a OR b)`.

A slip never fails. What cannot be meant as typed is searched for as plain words, and a warning says so.
Reading takes time linear in the text, and groups are kept on a stack, so that no text is too deep.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.message import Message, message
from search.query import leaves
from search.query.ast import Everything, Node, Not, Or, Query
from search.query.lexer import Kind, Lexeme, lexemes, readable

MAX_DEPTH = 20
"""Groups within groups; brackets deeper than that are not read as groups."""

MAX_WARNINGS = 8
"""Warnings that are given; nobody reads more."""


def parse(text: str) -> Query:
    """Read a query. Never raises; its warnings say what was read otherwise than typed."""
    text = readable(text)
    reader = _Reader()
    for lexeme in lexemes(text):
        reader.read(lexeme)
    node = reader.finish()
    if node is None and text.strip():
        reader.note(message("There is no word in this to search for; everything is shown."))
    return Query(text, Everything() if node is None else node, tuple(reader.warnings))


class _Group:
    """A group being read: its alternatives so far, each the nodes that are joined by *and*."""

    def __init__(self, field: str | None = None, negated: bool = False) -> None:
        self.field = field
        self.negated = negated
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node | None:
        """What was read, or None where that is nothing."""
        return _any_of([node for nodes in self.alternatives if (node := leaves.all_of(nodes)) is not None])


class _Reader:
    """Takes the lexemes one by one and keeps the groups that are open."""

    def __init__(self) -> None:
        self.warnings: dict[Message, None] = {}
        self._groups = [_Group()]
        self._flattened = 0  # brackets opened beyond the depth that is read
        self._negate = False  # whether the next node is negated
        self._field: str | None = None  # the field right before what is read next
        self._operator = ""  # the operator read last, while it waits for what it takes

    def note(self, warning: Message) -> None:
        """Keep a warning for the user, once."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[warning] = None

    def read(self, lexeme: Lexeme) -> None:
        """Take the next lexeme."""
        match lexeme.kind:
            case Kind.WORD:
                self._add(leaves.word(lexeme.text, self._take_field(), self.note))
            case Kind.PHRASE:
                self._add(leaves.phrase(lexeme.text, lexeme.slop, self._take_field(), self.note))
            case Kind.FIELD:
                self._read_field(lexeme.text.lower())
            case Kind.RANGE:
                self._read_range(lexeme)
            case Kind.OPEN:
                self._open()
            case Kind.CLOSE:
                self._close()
            case Kind.NOT:
                self._negate = not self._negate
                self._operator = "NOT"
            case Kind.OR | Kind.AND:
                self._join(lexeme.kind)
            case Kind.QUOTE:
                self.note(
                    message("A quotation mark was not closed; what follows it was searched for as words.")
                )

    def finish(self) -> Node | None:
        """Close what is open, and give the whole."""
        self._drop_operator()
        if len(self._groups) > 1 or self._flattened:
            self.note(message("A bracket was not closed; it was taken to end with the query."))
        while len(self._groups) > 1:
            self._close_group()
        return self._groups[0].node()

    def _take_field(self) -> str | None:
        """The field of the next word or phrase: the one right before it, else that of its group."""
        name, self._field = self._field or self._groups[-1].field, None
        return name

    def _add(self, node: Node | None) -> None:
        """Put a node where it belongs: what an operator was waiting for, or one more word."""
        if node is not None:
            self._groups[-1].alternatives[-1].append(_negation(node) if self._negate else node)
        self._negate, self._operator = False, ""

    def _join(self, kind: Kind) -> None:
        """AND is what joins words anyway; OR begins another alternative."""
        self._drop_operator()
        nodes = self._groups[-1].alternatives
        if not nodes[-1]:
            self.note(_lonely(kind.name))
            return
        self._operator = kind.name
        if kind is Kind.OR:
            nodes.append([])

    def _drop_operator(self) -> None:
        """Leave out an operator that nothing follows, and the field of a quotation that never was one."""
        if self._operator:
            self.note(_lonely(self._operator))
        self._negate, self._operator, self._field = False, "", None

    def _read_field(self, name: str) -> None:
        """A field right before a phrase or group; the name alone where it is no field."""
        if name in leaves.NAMES:
            self._field = name
            return
        if meant := leaves.field_meant(name):
            self.note(leaves.no_field(name, meant))
        self._add(leaves.word(name, self._groups[-1].field, self.note))

    def _read_range(self, lexeme: Lexeme) -> None:
        """`[a TO z]`, as other engines write ranges: only of dates."""
        name = (lexeme.field or self._take_field() or "").lower()
        if name == "date":
            # An open end is written * there.
            ends = lexeme.text.split("..", 1)
            dates = "..".join("" if end == "*" else end for end in ends)
            self._add(leaves.value_of(dates, name, self.note))
            return
        self.note(message("Ranges are of dates only, as in date:2019..2021; this was searched for as words."))
        words = [name, *lexeme.text.split("..", 1)] if lexeme.field else lexeme.text.split("..", 1)
        self._add(leaves.all_of([node for text in words if (node := leaves.value_of(text, None, self.note))]))

    def _open(self) -> None:
        name = self._take_field()
        if len(self._groups) > MAX_DEPTH:
            self._flattened += 1
            self.note(message("Brackets more than %(most)s deep were left out.", most=MAX_DEPTH))
            return
        self._groups.append(_Group(name, self._negate))
        self._negate, self._operator = False, ""

    def _close(self) -> None:
        self._drop_operator()
        if self._flattened:
            self._flattened -= 1
        elif len(self._groups) > 1:
            self._close_group()
        else:
            self.note(message("A bracket was closed that was not opened; it was left out."))

    def _close_group(self) -> None:
        group = self._groups.pop()
        self._negate = group.negated
        self._add(group.node())


def _any_of(nodes: Sequence[Node]) -> Node | None:
    """The nodes joined by *or*, without layers that say nothing."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, Or) else [node]
    if any(isinstance(node, Everything) for node in flat):
        return Everything()
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _lonely(operator: str) -> Message:
    """What to say of an operator that has nothing to join or to negate."""
    if operator == "NOT":
        return message("NOT needs a word after it; it was left out.")
    return message("%(operator)s needs a word on both sides; it was left out.", operator=operator)


def _negation(node: Node) -> Node:
    """Whatever the node is not."""
    return node.node if isinstance(node, Not) else Not(node)
