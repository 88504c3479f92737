"""The accent colour of the settings, made readable: the end of the stylesheet as it is served."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from dataclasses import dataclass

_STEP = 0.01  # of lightness, from one try to the next
_WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What text stands on in one colour scheme, as `style.css` has it; the first is the page's own.

    `contrast` is the least that text is to have: 4.5 by WCAG 2.2 (1.4.3, level AA), and more where it shines.
    `tint` is how much of the accent is in the ground of what is chosen.
    """

    colours: tuple[str, ...]
    contrast: float
    tint: float
    dark: bool


LIGHT = Grounds(("#fcfbf8", "#ffffff", "#f2efe8", "#fbf2d9"), contrast=4.5, tint=0.12, dark=False)
DARK = Grounds(("#15181b", "#1d2125", "#23282d", "#33301f"), contrast=6, tint=0.16, dark=True)


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent in one colour scheme: `text` is readable on every ground and on `chosen`.

    `button` is readable under white.
    """

    text: str
    button: str
    chosen: str


def stylesheet(accent: str) -> str:
    """The rules that give the stylesheet its accent, a colour such as `#1f5f8b`, in light and in dark."""
    light, dark = (_variables(made(accent, grounds)) for grounds in (LIGHT, DARK))
    return f"\n:root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def made(accent: str, grounds: Grounds) -> Accent:
    """The accent for one colour scheme, as near to the one wanted as can be read there."""
    chosen = mixed(accent, grounds.colours[0], grounds.tint)
    return Accent(
        text=readable(accent, (*grounds.colours, chosen), grounds.contrast, lighter=grounds.dark),
        button=readable(accent, (_WHITE,), LIGHT.contrast, lighter=False),
        chosen=chosen,
    )


def readable(colour: str, grounds: Iterable[str], least: float, *, lighter: bool) -> str:
    """The colour, made lighter or darker until it has at least this contrast with each of the grounds."""
    grounds = tuple(grounds)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    end = 1.0 if lighter else 0.0
    while lightness != end and min(contrast(colour, ground) for ground in grounds) < least:
        lightness = min(1.0, lightness + _STEP) if lighter else max(0.0, lightness - _STEP)
        colour = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, 1 to 21: the contrast ratio of WCAG 2.2."""
    lesser, greater = sorted((_luminance(one), _luminance(other)))
    return (greater + 0.05) / (lesser + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """The ground with this share of the colour in it."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return _written(tuple(share * part + (1 - share) * under for part, under in pairs))


def _variables(accent: Accent) -> str:
    return f"--accent: {accent.text}; --button: {accent.button}; --chosen: {accent.chosen};"


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2, 0 for black to 1 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _written(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
