"""The whole book on the reader's device, where the reader asks for it: a service worker, on Workbox."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import quote

WORKER = "offline.js"
"""Where the service worker stands: at the root of the site, as it serves all that is below."""

_WORKBOX = "assets/vendor/workbox/workbox-{}.prod.js"
_MODULES = ("core", "routing", "strategies", "precaching")
_KEPT = re.compile(r"\.(?:html|css|m?js|json|svg)$")
_NOT_KEPT = re.compile(r"^404\.html$|(?:^|/)(?:figures|lunr|workbox)/")  # figures are part of the pages

_WORKER = """importScripts({scripts});
workbox.core.setCacheNameDetails({{ prefix: "softmax-book" }});
workbox.core.clientsClaim();
workbox.precaching.cleanupOutdatedCaches();
workbox.precaching.precacheAndRoute({kept}, {{ ignoreURLParametersMatching: [/./] }});
"""


def worker(files: Mapping[str, bytes]) -> str:
    """The script of the service worker for a site of these files, by their addresses below its root.

    Any change of a file changes the script, and so a browser that has kept the book fetches what changed. It
    changes over when no page of the book is open any more: none meets a script of another version.
    """
    kept = [
        {"url": quote(address), "revision": sha256(content).hexdigest()[:16]}
        for address, content in sorted(files.items())
        if _KEPT.search(address) and not _NOT_KEPT.search(address)
    ]
    scripts = ", ".join(json.dumps(_WORKBOX.format(module)) for module in _MODULES)
    return _WORKER.format(scripts=scripts, kept=json.dumps(kept, separators=(",", ":")))
