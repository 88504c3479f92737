"""What a parameter can be: how its values are read, and the JSON Schema of those that can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from search.errors import InvalidRequest
from search.message import Message, message
from search.model import InvalidPeriod, Period

Schema = dict[str, Any]
"""A JSON Schema (2020-12)."""

MOST_TIMES = 100
"""How often one parameter can be given."""
SHOWN = 40
"""Characters of a wrong value that a message repeats."""

_Read_co = TypeVar("_Read_co", covariant=True)
_Choice = TypeVar("_Choice", bound=StrEnum)
_NUMBER = re.compile(r"(-?[0-9]{1,12})(\.0{1,6})?", re.ASCII)
"""As JSON Schema has it, 60.0 is a whole number, too."""

_THIRTY_ONE = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_THIRTY = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(0[1-9]|1[0-9]|2[0-8])"
PERIOD = f"^([1-9][0-9]{{3}}(-((0[1-9]|1[0-2])|{_THIRTY_ONE}|{_THIRTY}|{_FEBRUARY}))?)?$"
"""Every year, month and day since 1000, but the last of February in leap years; or nothing."""


class Kind(Protocol[_Read_co]):
    """What the values of a parameter are.

    A kind that is `repeated` takes several values. `read` is given all values that are not blank, and
    raises `InvalidRequest` in the parameter's name for one that cannot be read or is beyond a limit.
    """

    @property
    def repeated(self) -> bool: ...  # noqa: D102 - said above
    def read(self, name: str, values: Sequence[str]) -> _Read_co: ...  # noqa: D102 - as above
    def schema(self) -> Schema: ...  # noqa: D102 - as above


@dataclass(frozen=True, slots=True)
class Text:
    """Any text of at most so many characters, empty unless given; of a pattern, where there is an example."""

    most: int
    pattern: str = ""
    example: str = ""
    repeated = False

    def read(self, name: str, values: Sequence[str]) -> str:
        """The text."""
        text = values[0] if values else ""
        if len(text) > self.most:
            raise InvalidRequest(
                name, message("%(count)s characters; at most %(most)s", count=len(text), most=self.most)
            )
        text = text.strip()
        if text and self.pattern and not re.fullmatch(self.pattern, text, re.ASCII):
            raise InvalidRequest(
                name,
                message(
                    "%(value)s is not written like %(example)s",
                    value=repr(text[:SHOWN]),
                    example=self.example,
                ),
            )
        return text

    def schema(self) -> Schema:
        """A string."""
        found: Schema = {"type": "string", "maxLength": self.most}
        return {**found, "pattern": self.pattern} if self.pattern else found


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`."""

    default: int
    least: int
    most: int
    repeated = False

    def read(self, name: str, values: Sequence[str]) -> int:
        """The number."""
        if not values:
            return self.default
        text = values[0].strip()
        if not (whole := _NUMBER.fullmatch(text)):
            raise InvalidRequest(
                name,
                message(
                    "%(value)s is not a whole number such as %(example)s",
                    value=repr(text[:SHOWN]),
                    example=self.default,
                ),
            )
        if not self.least <= (number := int(whole[1])) <= self.most:
            raise InvalidRequest(
                name,
                message(
                    "%(value)s is not from %(least)s to %(most)s",
                    value=number,
                    least=self.least,
                    most=self.most,
                ),
            )
        return number

    def schema(self) -> Schema:
        """An integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "default": self.default}


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Choice]):
    """One of some words."""

    default: _Choice
    repeated = False

    def read(self, name: str, values: Sequence[str]) -> _Choice:
        """The word."""
        choices, text = type(self.default), values[0].strip() if values else self.default
        if text not in tuple(choices):
            raise InvalidRequest(name, _not_one_of(text, choices))
        return choices(text)

    def schema(self) -> Schema:
        """A string of a few."""
        words = [choice.value for choice in type(self.default)]
        return {"type": "string", "enum": words, "default": self.default.value}


@dataclass(frozen=True, slots=True)
class Values:
    """Any texts."""

    repeated = True

    def read(self, name: str, values: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002 - as of any kind
        """The texts, each once, in order."""
        return tuple(sorted({value.strip() for value in values}))

    def schema(self) -> Schema:
        """An array of strings."""
        return {"type": "array", "items": {"type": "string"}, "maxItems": MOST_TIMES}


@dataclass(frozen=True, slots=True)
class APeriod:
    """A year, a month or a day."""

    repeated = False

    def read(self, name: str, values: Sequence[str]) -> Period | None:
        """The period, or None where none is given."""
        if not values:
            return None
        try:
            return Period.parse(values[0])
        except InvalidPeriod as error:
            problem = message(
                "%(value)s is not a date: write 2025, 2025-03 or 2025-03-02", value=repr(values[0][:SHOWN])
            )
            raise InvalidRequest(name, problem) from error

    def schema(self) -> Schema:
        """A string in ISO 8601."""
        return {"type": "string", "pattern": PERIOD}


@dataclass(frozen=True, slots=True)
class Periods:
    """Years, months and days."""

    repeated = True

    def read(self, name: str, values: Sequence[str]) -> tuple[Period, ...]:
        """The periods."""
        texts = Values().read(name, values)
        return tuple(period for text in texts if (period := APeriod().read(name, (text,))))

    def schema(self) -> Schema:
        """An array of strings in ISO 8601."""
        return {"type": "array", "items": APeriod().schema(), "maxItems": MOST_TIMES}


@dataclass(frozen=True, slots=True)
class Names:
    """Some of a few names, joined by commas; `none` is no name."""

    names: tuple[str, ...]
    repeated = True

    def read(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        """The names in their own order; all of them where none is given."""
        given = {part.strip() for text in values for part in text.split(",")} - {""}
        if not given:
            return self.names
        if unknown := sorted(given.difference(self.names, ("none",))):
            raise InvalidRequest(name, _not_one_of(unknown[0], (*self.names, "none")))
        return tuple(each for each in self.names if each in given)

    def schema(self) -> Schema:
        """A string of a few, joined."""
        name = f"({'|'.join((*self.names, 'none'))})"
        return {"type": "string", "pattern": f"^({name}(,{name})*)?$"}


def _not_one_of(text: str, choices: Sequence[str] | type[StrEnum]) -> Message:
    return message(
        "%(value)s is not one of %(choices)s", value=repr(str(text)[:SHOWN]), choices=", ".join(choices)
    )
