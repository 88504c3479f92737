"""How an installation looks: its stylesheet, with the accent in it, and its logo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from web.assets import theme
from web.assets.asset import Asset
from web.assets.logo import logo, ours
from web.settings import Settings

_STYLE = Path(__file__).parents[1] / "static" / "style.css"


@dataclass(frozen=True, slots=True)
class Look:
    """What the settings make of how the site looks."""

    stylesheet: Asset
    logo: Asset


def look(settings: Settings) -> Look:
    """The look of these settings; raises `InvalidSetting` for a logo that is none."""
    rules = _STYLE.read_text(encoding="utf-8") + theme.stylesheet(settings.accent)
    picture = logo(settings.logo) if settings.logo else ours(theme.made(settings.accent, theme.LIGHT).button)
    return Look(Asset(rules.encode(), "text/css"), picture)
