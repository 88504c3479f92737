"""The names of months in the languages blogs are exported in, and of time zones in e-mail and on pages."""

from __future__ import annotations

_NAMES = (
    # full names, and abbreviations as blogs and browsers print them
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "_ _ _ _ _ _ _ _ sept _ _ _",
    "januar februar märz april mai juni juli august september oktober november dezember",  # German
    "jänner feber mär apr mai jun jul aug sep okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",  # French
    "janv fevrier _ avr _ _ juil aout sept oct nov decembre",
    "_ févr _ _ _ _ _ _ _ _ _ déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",  # Spanish
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    # Italian
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",  # Portuguese
    "jan fev marco abr mai jun jul ago set out nov dez",
    "januari februari maart april mei juni juli augustus september oktober november december",  # Dutch
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",  # Russian, of a day
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
)

MONTHS = {
    name: number for names in _NAMES for number, name in enumerate(names.split(), start=1) if name != "_"
}
"""The number of a month (1 to 12) by its name in lower case."""

_HOUR = 3600

ZONES = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": _HOUR, "WEST": _HOUR, "CET": _HOUR, "MEZ": _HOUR},
    **{"CEST": 2 * _HOUR, "MESZ": 2 * _HOUR, "EET": 2 * _HOUR, "EEST": 3 * _HOUR, "MSK": 3 * _HOUR},
    **{"EST": -5 * _HOUR, "EDT": -4 * _HOUR, "CST": -6 * _HOUR, "CDT": -5 * _HOUR},
    **{"MST": -7 * _HOUR, "MDT": -6 * _HOUR, "PST": -8 * _HOUR, "PDT": -7 * _HOUR},
    **{"JST": 9 * _HOUR, "AEST": 10 * _HOUR, "AEDT": 11 * _HOUR, "NZST": 12 * _HOUR, "NZDT": 13 * _HOUR},
}
"""Seconds east of Greenwich by the abbreviation of a zone; where several use one, the American."""
