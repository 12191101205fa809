"""How many numbers of each page are proven, and how: the table after a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from softmax_book.verify.page import Page, Verdict

COLUMNS = ("printed", "checked", "bound", "exempt")
EXEMPT = ("literal", "small", "year", "ok")


def counts_of(page: Page, verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Numbers in outputs, numerals checked, numerals bound to an output, numerals exempt (and why)."""
    how = Counter(v.how for v in verdicts if v.how)
    reasons = {reason: how[reason] for reason in EXEMPT}
    return {
        "printed": page.printed,
        "checked": how["checked"],
        "bound": how["bound"],
        "exempt": sum(reasons.values()),
        **reasons,
    }


def summary(counts: dict[str, dict[str, int]]) -> list[str]:
    """One line per page and one for all of them."""
    width = max(len(name) for name in counts)
    total = {key: sum(c[key] for c in counts.values()) for key in (*COLUMNS, *EXEMPT)}
    rows = [*sorted(counts.items()), ("all", total)]
    head = f"{'':{width}}" + "".join(f"{column:>9}" for column in COLUMNS) + "   of these"
    return [head, *(_row(name, c, width) for name, c in rows)]


def _row(name: str, counts: dict[str, int], width: int) -> str:
    reasons = ", ".join(f"{reason} {counts[reason]}" for reason in EXEMPT if counts[reason])
    return f"{name:{width}}" + "".join(f"{counts[column]:>9}" for column in COLUMNS) + f"   {reasons}"
