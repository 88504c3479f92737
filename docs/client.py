"""A client of a blogsearch archive, to copy: https://docs.python.org/3/ is all it needs.

    python docs/client.py 'ferry' --site http://127.0.0.1:8080

`docs/json-api.md` says what all the keys mean.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

Values = str | int | list[str]
"""Of a parameter: one, or any of several."""


class Result(TypedDict):
    """What this client shows of a result; there is more."""

    id: str
    url: str
    title: str
    authors: list[str]
    date: str | None


class Page(TypedDict):
    """What this client needs of a page of results; there is more."""

    total: int
    results: list[Result]
    next: str | None


class Line(Result):
    """A line of an export."""

    text: str


class Value(TypedDict):
    """A value of a facet, and how many posts have it."""

    value: str
    count: int


class ApiError(Exception):
    """The archive refused. `problem` is its problem document, whose `type` leads to what to do."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['title']}: {problem['detail']} ({problem['type']})")
        self.problem = problem


class Archive:
    """An archive that is served at an address. Parameters are those of the search: `tag=["war", "sea"]`.

    One whose name is no name in Python is given as `**{"in": "posts", "-tag": "war"}`. Every method raises
    `ApiError`, and waits where the archive is busy or asked too often.
    """

    def __init__(self, site: str, *, patience: int = 5) -> None:
        """Ask the archive at `site`, and wait so many times for one answer."""
        if not site.startswith(("http://", "https://")):
            raise ValueError(f"{site!r} is no address of a site")
        self._site = site
        self._patience = patience

    def search(self, query: str, **parameters: Values) -> Page:
        """One page of results."""
        return cast(Page, self._get("/search.json", q=query, **parameters))

    def pages(self, query: str, **parameters: Values) -> Iterator[Page]:
        """All pages of results; they fit together, whatever is imported in the meantime."""
        page = self.search(query, **parameters)
        yield page
        while page["next"]:
            page = cast(Page, self._get(page["next"]))
            yield page

    def post(self, post_id: str) -> dict[str, Any]:
        """A post with all its comments."""
        return self._get(f"/posts/{post_id}.json")

    def values(self, facet: str, query: str = "", **parameters: Values) -> Iterator[Value]:
        """All values of a facet among the results of a search, with their counts."""
        found = self._get(f"/facets/{facet}.json", q=query, **parameters)
        yield from found["values"]
        while found["next"]:
            found = self._get(found["next"])
            yield from found["values"]

    def export(self, query: str = "", **parameters: Values) -> Iterator[Line]:
        """All results with their texts, as they come in.

        Raises `http.client.IncompleteRead` where the answer breaks off.
        """
        with self._open("/search.jsonl", q=query, **parameters) as answer:
            begun = b""
            while block := answer.read(65536):  # by lines, Python would not notice that it breaks off
                *lines, begun = (begun + block).split(b"\n")
                for line in lines:
                    yield cast(Line, json.loads(line))

    def _get(self, path: str, **parameters: Values) -> dict[str, Any]:
        with self._open(path, **parameters) as answer:
            return cast(dict[str, Any], json.load(answer))

    def _open(self, path: str, **parameters: Values) -> HTTPResponse:
        query = urlencode({name: value for name, value in parameters.items() if value != ""}, doseq=True)
        address = urljoin(self._site, f"{path}?{query}" if query else path)
        for attempt in range(self._patience, -1, -1):
            try:
                return cast(HTTPResponse, urlopen(address, timeout=60))  # noqa: S310 - of the web, as checked
            except HTTPError as error:
                with error:
                    problem = json.load(error)
                    passes = error.code == 429 or problem["type"].endswith("/problems/busy")
                    if not passes or not attempt:
                        raise ApiError(problem) from None
                    time.sleep(int(error.headers["Retry-After"]))
        raise AssertionError("the last attempt returns or raises")


def main() -> None:
    """Print the first results of a search."""
    parser = argparse.ArgumentParser(description="Search a blog archive.")
    parser.add_argument("query")
    parser.add_argument("--site", default="http://127.0.0.1:8080", help="where it is served")
    arguments = parser.parse_args()
    page = Archive(arguments.site).search(arguments.query)
    print(f"{page['total']} posts")
    for result in page["results"]:
        print(
            f"{result['date'] or 'undated':<20}  {result['title']}  {urljoin(arguments.site, result['url'])}"
        )


if __name__ == "__main__":
    main()
