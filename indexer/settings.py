"""Settings: options that belong to an installation rather than to one run of a command.

Each is given by its flag (`--base-url`), else in the environment (`BLOGSEARCH_BASE_URL`), else in
`blogsearch.toml` in the current folder (`base_url = "…"`), and applies to every command that has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

SETTINGS_FILE = "blogsearch.toml"

SETTINGS: Mapping[str, str] = {
    "data": "the data folder",
    "host": "the address to listen at",
    "port": "the port to listen at",
    "workers": "how many processes answer",
    "worker_memory": "how many megabytes each may take until it is replaced",
    "threads": "how many requests each answers at once",
    "deadline": "how many seconds a search takes at most",
    "base_url": "where the site is reached from outside",
    "hosts": "further names by which the site answers",
    "title": "what the pages are headed",
    "logo": "a picture to show beside the title",
    "accent": "the colour of links and buttons",
    "language": "the language of the pages, where it is not to be the reader's",
    "cors": "the other sites whose pages may ask the archive",
    "rate": "how many requests a minute one client may make",
    "trusted_proxy": "the address of the proxy that is believed about who asks",
    "log": "how the server logs: text, or json with every request",
    "slow": "from how many seconds on a search is logged",
    "expect": "the file of what searches have to find",
    "memory": "how many megabytes indexing takes at most",
    "delay": "how many seconds lie between two requests to one host",
    "private_addresses": "whether feeds of this machine and of private networks may be fetched",
}
"""Every setting, by its name in the file, with what it is."""


def read_settings(path: Path) -> dict[str, str]:
    """The settings in the file, as texts that the options then check; none where there is no file.

    Raises `click.UsageError` for a file that is not TOML, or that sets what is no setting.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path} is not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise click.UsageError(f"{path} cannot be read: {error}") from error
    settings = {}
    for key, value in values.items():
        name = key.replace("-", "_")
        if name not in SETTINGS:
            raise click.UsageError(f"{path}: {key!r} is not a setting; there are {', '.join(SETTINGS)}")
        if not isinstance(value, str | int | float):
            raise click.UsageError(f"{path}: {key} is to be one text, number or true or false")
        settings[name] = str(value)
    return settings
