"""The whole book as one tagged PDF, printed from the built site:

python -m softmax_book.hooks.pdf SITE OUT.pdf
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from softmax_book.hooks.article import FORMULA, BadPage
from softmax_book.hooks.chromium import NoBrowser, chromium
from softmax_book.hooks.volume import Volume

if TYPE_CHECKING:
    import pikepdf
    from playwright.sync_api import Browser

_PATIENCE = 300_000  # milliseconds, on a machine that is busy

# Where no font has a character, every one is drawn as the same box. KaTeX brings fonts of its own.
_NO_FONT_HAS = r"""() => {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  brush.font = `32px ${getComputedStyle(document.body).fontFamily}`;
  const drawn = (character) => {
    brush.clearRect(0, 0, 64, 64);
    brush.fillText(character, 8, 40);
    return brush.getImageData(0, 0, 64, 64).data.join();
  };
  const book = document.body.cloneNode(true);
  book.querySelectorAll(".katex").forEach((formula) => formula.remove());
  const box = drawn("\u{10FFFF}");
  const visible = [...new Set(book.textContent)].filter((character) => !/[\p{C}\p{Z}\p{M}]/u.test(character));
  return visible.filter((character) => drawn(character) === box).join(" ");
}"""


class NoFont(RuntimeError):
    """Characters that cannot be printed; the message names them."""


def main(arguments: list[str]) -> str | None:
    """Make the PDF. What went wrong, in one line, or None."""
    if len(arguments) != 2:
        return "usage: python -m softmax_book.hooks.pdf SITE OUT.pdf"
    site, out = map(Path, arguments)
    started = time.perf_counter()
    try:
        sheets = make(site, out)
    except (BadPage, NoBrowser, NoFont) as fault:
        return str(fault)
    except ModuleNotFoundError as missing:
        return f'what prints is not installed ({missing}): pip install -e ".[browser]"'
    except OSError as fault:
        return f"{fault.filename or out}: {fault.strerror}"
    size, seconds = out.stat().st_size / 1e6, time.perf_counter() - started
    print(f"{out}: {sheets} pages, {size:.1f} MB, in {seconds:.0f} s")
    return None


def make(site: Path, out: Path) -> int:
    """Print the site in a folder into a file; the number of its pages.

    Raises BadPage, NoBrowser, NoFont, ModuleNotFoundError and OSError.
    """
    if not (site / "404.html").is_file():
        raise BadPage(f"{site} must hold a site; got none there: mkdocs build --site-dir {site}")
    volume, root = Volume.of(site), site.resolve().as_uri() + "/"
    volume.document(root, {})  # what is wrong with the site is said before anything else is looked for
    import pikepdf

    with chromium() as browser, tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        html, printed, finished = (Path(scratch, name) for name in ("book.html", "printed.pdf", "book.pdf"))
        known: dict[str, int] = {}
        while True:  # the contents can name only sheets that have been counted
            html.write_text(volume.document(root, known), encoding="utf-8")
            _print(browser, html, printed, tagged=bool(known))
            with pikepdf.open(printed) as pdf:
                numbers = _numbers(pdf)
                if numbers == known:
                    _finish(pdf)
                    pdf.save(finished, object_stream_mode=pikepdf.ObjectStreamMode.generate)
                    os.replace(finished, out)
                    return len(pdf.pages)
            known = numbers


def _print(browser: Browser, html: Path, printed: Path, tagged: bool) -> None:
    page = browser.new_page(java_script_enabled=False, offline=True)
    page.goto(html.as_uri(), timeout=_PATIENCE)
    if missing := page.evaluate(_NO_FONT_HAS):
        raise NoFont(
            f"no font of this machine has {missing}, which the book prints; install one, "
            "as for Korean: apt-get install fonts-noto-cjk"
        )
    page.pdf(path=printed, tagged=tagged, outline=tagged, prefer_css_page_size=True, print_background=True)
    page.close()


def _numbers(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The sheet on which each target of a link begins, counted from 1."""
    sheets = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return {name.removeprefix("/"): sheets[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def _finish(pdf: pikepdf.Pdf) -> None:
    """Formulas are tagged as formulas, which Chromium takes for pictures; readers open with the bookmarks."""
    import pikepdf

    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and str(element.get("/Alt", "")).startswith(FORMULA):
            element.S = pikepdf.Name.Formula
            element.Alt = pikepdf.String(str(element.Alt).removeprefix(FORMULA))
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    del pdf.docinfo["/Creator"]  # the browser's name for itself


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
