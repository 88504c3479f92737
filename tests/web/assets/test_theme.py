"""Whatever the accent, it can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.assets import theme
from web.assets.look import look
from web.settings import ACCENT, Settings

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SCHEMES = (theme.LIGHT, theme.DARK)
SHEET = look(Settings(Path())).stylesheet.content.decode()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert theme.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert theme.contrast(other, one) == theme.contrast(one, other)


@given(COLOURS)
def test_any_accent_can_be_read_in_light_and_dark(accent: str) -> None:
    for grounds in SCHEMES:
        made = theme.made(accent, grounds)
        for ground in (*grounds.colours, made.chosen):
            assert theme.contrast(made.text, ground) >= 4.5, (accent, ground)
        assert theme.contrast("#ffffff", made.button) >= 4.5


@given(COLOURS)
@example("#ffffff")
@example("#000000")
def test_words_can_be_read_on_what_is_chosen(accent: str) -> None:
    for grounds, words in zip(SCHEMES, (written("light"), written("dark")), strict=True):
        chosen = theme.made(accent, grounds).chosen
        assert theme.contrast(words["ink"], chosen) >= 4.5
        assert theme.contrast(words["faint"], chosen) >= 4.5, accent


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    made = theme.made(ACCENT, theme.LIGHT)
    assert (made.text, made.button) == (ACCENT, ACCENT)


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    names = ("ground", "raised", "tint", "note")
    assert theme.LIGHT.colours == tuple(written("light")[name] for name in names)
    assert theme.DARK.colours == tuple(written("dark")[name] for name in names)


def test_each_colour_of_the_accent_is_defined_once_in_light_and_once_in_dark() -> None:
    for name in ("accent", "button", "chosen"):
        assert len(re.findall(rf"--{name}: #[0-9a-f]{{6}};", SHEET)) == 2


def test_the_stylesheet_stays_small() -> None:
    assert len(SHEET.encode()) < 20_000


def written(scheme: str) -> dict[str, str]:
    """The colours that the stylesheet names, with six digits."""
    light, dark = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]
    found = re.findall(r"--([a-z-]+): #([0-9a-f]+);", light if scheme == "light" else dark)
    return {
        name: "#" + ("".join(2 * d for d in digits) if len(digits) == 3 else digits) for name, digits in found
    }
