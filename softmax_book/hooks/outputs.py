"""The fence of printed output: plain text, joined under its code, with nothing to copy."""

from __future__ import annotations

import html
from typing import Any


def output_block(source: str, language: str, css_class: str, options: Any, md: Any, **_: Any) -> str:
    """What pymdownx.superfences calls for an `output` fence; `no-copy` keeps the theme's copy button away."""
    return (
        f'<div class="{css_class} no-copy"><pre><code>{html.escape(source, quote=False)}</code></pre></div>'
    )
