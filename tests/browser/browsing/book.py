"""The addresses of all pages, read from the navigation; the site, built once for all processes of a run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from mkdocs.config import load_config

ROOT = Path(__file__).parents[3]
HOST = "book.localhost"
"""A name that Chromium takes for secure, as it does a published site: the clipboard works."""
SITE_URL = f"http://{HOST}/"


def addresses() -> list[str]:
    """Every page of the navigation, as an address below the site: "/", "/chapters/softmax/"."""
    return [_address(source) for source in _leaves(load_config(str(ROOT / "mkdocs.yml"))["nav"])]


def _leaves(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else []
    return [leaf for part in parts for leaf in _leaves(part)]


def _address(source: str) -> str:
    return "/" + re.sub(r"index/$", "", re.sub(r"\.(md|py)$", "/", source))


def build_once(folder: Path) -> Path:
    """The book's site in `folder`; the first process to come builds it, the others wait."""
    import fcntl  # which Windows lacks, and only this needs

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site = folder / "site"
        if not (folder / "built").exists():
            build(site)
            (folder / "built").touch()
    return site


def build(site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "SITE_URL": SITE_URL}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"the site does not build:\n{ran.stdout}{ran.stderr}")


def built_before(site: Path) -> Path:
    """A site that somebody else built, for the address under which the tests serve it."""
    home = site / "index.html"
    if not home.is_file():
        raise ValueError(f"--site {site}: wanted a folder with the built site, got none with an index.html")
    if f'<link rel="canonical" href="{SITE_URL}">' not in home.read_text(encoding="utf-8"):
        raise ValueError(f"--site {site}: was built for another address; build it with SITE_URL={SITE_URL}")
    return site
