"""Asks a served site as any program might, and reads the numbers it tells."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


def ask(site: str, target: str, **headers: str) -> Answer:
    """Ask for a target over a connection of its own; underscores in the names of headers are dashes."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers=named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())
    finally:
        connection.close()


def numbers(text: str, name: str) -> dict[tuple[str, ...], float]:
    """The samples of this name by the values of their labels, the labels in the order of the alphabet."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def number(text: str, name: str, *labels: str) -> float:
    """One of them."""
    return numbers(text, name)[labels]
