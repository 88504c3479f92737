"""The Chromium of this machine, as tests and pictures start it."""

from __future__ import annotations

import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
"""The executable: the one named in the environment, else the one on the path; none where there is none."""

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
"""Arguments that keep it from asking anything of the network or of the screen."""
