"""The tree that a page shows to a screen reader, as Chromium makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import Page

LANDMARKS = {"banner", "complementary", "contentinfo", "main", "navigation", "region", "search"}


@dataclass(frozen=True, slots=True)
class Node:
    """What is told of an element: its role, its name, its states, and what is in it."""

    role: str
    name: str
    states: Mapping[str, Any]
    children: tuple[Self, ...] = field(default=())

    def all(self, *roles: str) -> list[Self]:
        """Everything in it of these roles, in the order it is read."""
        return [node for node in self._below() if node.role in roles]

    def one(self, role: str, name: str) -> Self:
        """What has this role and name; the test fails if nothing has, or several have."""
        (found,) = (node for node in self.all(role) if node.name == name)
        return found

    def _below(self) -> Iterator[Self]:
        for child in self.children:
            yield child
            yield from child._below()


def tree(page: Page) -> Node:
    """The whole page as a screen reader has it now: nothing that is ignored is in it."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    (root,) = _nodes(nodes[0], {each["nodeId"]: each for each in nodes})
    return root


def _nodes(told: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> tuple[Node, ...]:
    """The node; in place of an ignored one, those below it."""
    below = (by_id[each] for each in told.get("childIds", ()) if each in by_id)
    children = tuple(node for each in below for node in _nodes(each, by_id))
    if told["ignored"]:
        return children
    states = {each["name"]: each["value"].get("value") for each in told.get("properties", ())}
    name = str(told.get("name", {}).get("value", ""))
    return (Node(told["role"]["value"], name, states, children),)
