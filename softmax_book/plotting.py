"""The book's one visual language for matplotlib: one ink; a colour, marker, hatch and dash per class.

Nothing here touches pyplot or global settings: a figure is a value, drawn by code, saved by whoever wants it.
Sizes are inches; one inch is 96 CSS pixels on the site.
"""

from __future__ import annotations

import io
from functools import cache, wraps
from math import isqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from torch import Tensor

INK = "#737373"
"""Axes and labels: a grey readable on white and on dark paper; the site turns it into the colour of text."""

AGAINST = "#e06c00"
"""The outline of what is below zero where INK is what is above: weights against a class, beside those for."""

CLASS_COLORS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#8f80ff",
    "#bf30ad",
    "#cc3333",
    "#369cd9",
    "#bf7cb7",
    "#5555f2",
    "#8d6a4c",
)
"""One colour per class in the whole book: contrast of at least 3:1 on white and on the site's dark paper."""

CLASS_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
"""One marker per class, for those who cannot tell the colours apart."""

CLASS_HATCHES = ("", "//", "..", "\\\\", "xx", "--", "||", "++", "oo", "**")
"""One hatch per class, for bars and areas."""

CLASS_DASHES = (
    "-",
    "--",
    "-.",
    ":",
    (0, (8, 2)),
    (0, (5, 1, 1, 1, 1, 1)),
    (0, (1, 3)),
    (0, (2, 1)),
    (0, (8, 2, 2, 2)),
    (0, (4, 4)),
)
"""One way of drawing a line per class."""

SERIES_COLORS = tuple(CLASS_COLORS[k] for k in (4, 6, 5, 9))
"""For what is no class: runs, methods, test (the first) and training (the second).

Few classes leave these colours free. The k-th takes the marker, hatch and dash of class k.
"""

_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "axes.titlesize": 12,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.color": "#ffffff",
    "hatch.linewidth": 0.8,
    "grid.color": INK,
    "grid.alpha": 0.25,
    "lines.linewidth": 2,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "softmax-book",
}


def figure(
    width: float = 6.4,
    height: float = 3.2,
    *,
    left: float = 0.75,
    right: float = 0.2,
    bottom: float = 0.6,
    top: float = 0.35,
) -> tuple[Figure, Axes]:
    """One empty drawing and its axes, transparent, in the book's ink.

    All lengths are inches; the full column of the site is 6.4 wide. `left`, `right`, `bottom` and `top` are
    the margins around the axes: fixed, never fitted to text, so that no figure depends on a machine's fonts.

    Raises ImportError without matplotlib, ValueError where the margins leave no room.

    >>> fig, axes = figure(width=4.0, height=2.0)
    >>> float(axes.get_position().width)
    0.7625
    """
    fig, grid = panels(1, 1, width, height, left=left, right=right, bottom=bottom, top=top)
    return fig, grid[0][0]


def panels(
    rows: int,
    columns: int,
    width: float = 6.4,
    height: float = 3.2,
    *,
    left: float = 0.75,
    right: float = 0.2,
    bottom: float = 0.6,
    top: float = 0.35,
    gap: float = 0.3,
) -> tuple[Figure, list[list[Axes]]]:
    """One drawing with `rows` x `columns` axes of equal size, `gap` inches apart; axes[row][column].

    Lengths and errors as in `figure`.

    >>> fig, axes = panels(2, 5, height=3.0)
    >>> len(axes), len(axes[0])
    (2, 5)
    """
    room_x = (width - left - right - (columns - 1) * gap) / columns
    room_y = (height - bottom - top - (rows - 1) * gap) / rows
    if room_x <= 0 or room_y <= 0:
        raise ValueError(
            f"margins and gaps must leave room for the axes; {rows} x {columns} axes in {width} x {height} "
            f"inches would be {room_x:.2f} x {room_y:.2f} each. Enlarge the figure or shrink its margins."
        )
    from_bottom = [bottom + (rows - 1 - row) * (room_y + gap) for row in range(rows)]
    from_left = [left + column * (room_x + gap) for column in range(columns)]
    drawing, plot = _classes()
    with _style():
        fig = drawing(figsize=(width, height))
        axes = [
            [_axes(fig, plot, (x / width, y / height, room_x / width, room_y / height)) for x in from_left]
            for y in from_bottom
        ]
    return fig, axes


def draw_image(axes: Axes, pixels: Tensor, largest: float = 1.0) -> None:
    """Fill `axes` with a square image, its first row at the top: pixels (D,), where D is a square number.

    0 is paper, `largest` is full ink.
    Raises ValueError where D is no square number, or a pixel is negative.

    >>> import torch
    >>> fig, axes = figure(width=1.0, height=1.0, left=0.1, right=0.1, bottom=0.1, top=0.1)
    >>> draw_image(axes, torch.linspace(0, 1, 64))
    >>> [float(edge) for edge in axes.get_ylim()]
    [8.0, 0.0]
    """
    if (pixels < 0).any():
        raise ValueError(
            f"pixels must be at least 0; got {pixels.min():.4g}. Numbers of both signs are for draw_weights."
        )
    axes.pcolormesh(_square(axes, "pixels", pixels), cmap=_paper_and_ink(), vmin=0, vmax=largest)


def draw_weights(axes: Axes, weights: Tensor, largest: float = 1.0) -> None:
    """Fill `axes` with one square per weight, as large as it is: filled above zero, hollow below.

    weights (D,), where D is a square number, the first row at the top; `largest` fills its place.
    Raises ValueError where D is no square number.

    >>> import torch
    >>> fig, axes = figure(width=1.0, height=1.0, left=0.1, right=0.1, bottom=0.1, top=0.1)
    >>> draw_weights(axes, torch.linspace(-1, 1, 64))
    >>> len(axes.collections)
    2
    """
    grid = _square(axes, "weights", weights)
    place = 72 * min(axes.bbox.size) / axes.figure.dpi / len(grid)  # points
    areas = (0.9 * place) ** 2 * grid.abs() / largest
    for chosen, edge, face in ((grid > 0, INK, INK), (grid < 0, AGAINST, "none")):
        rows, columns = chosen.nonzero().T + 0.5
        axes.scatter(columns, rows, areas[chosen], marker="s", lw=0.9, edgecolor=edge, facecolor=face)


def _square(axes: Axes, name: str, numbers: Tensor) -> Tensor:
    """The numbers as rows of a square; `axes` are made ready for it, the first row at the top."""
    side = isqrt(numbers.numel())
    if numbers.shape != (side**2,):
        raise ValueError(
            f"{name} must be (D,) with a square number D, such as 64 or 784; got {tuple(numbers.shape)}. "
            "Of several images pass one row, of an image its pixels in one row: image.flatten()."
        )
    axes.set(aspect="equal", xlim=(0, side), ylim=(side, 0))
    axes.axis("off")
    return numbers.reshape(side, side)


@cache
def _paper_and_ink() -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("paper and ink", [INK + "00", INK])


def _axes(fig: Figure, plot: type[Axes], box: tuple[float, float, float, float]) -> Axes:
    axes = fig.add_axes(box, axes_class=plot)
    # Ticks are made when the figure is drawn, outside of the style: tell them now.
    axes.tick_params(colors=INK, labelsize=_STYLE["xtick.labelsize"])
    return axes


def _style() -> Any:
    import matplotlib

    return matplotlib.rc_context(dict(_STYLE))


# What draws: these read the settings when they are called, so they are called within the book's.
_AXES_METHODS = [
    *("annotate", "axhline", "axhspan", "axvline", "axvspan", "bar", "bar_label", "barh", "errorbar", "fill"),
    *("fill_between", "grid", "hist", "imshow", "legend", "pcolormesh", "plot", "scatter", "set_title"),
    *("set_xlabel", "set_ylabel", "stackplot", "stairs", "step", "text"),
]
_FIGURE_METHODS = ["colorbar", "legend", "savefig", "suptitle", "text"]


def _styled(base: type, methods: list[str]) -> dict[str, Any]:
    def within_style(name: str) -> Any:
        method = getattr(base, name)

        @wraps(method)
        def call(*args: Any, **settings: Any) -> Any:
            with _style():
                return method(*args, **settings)

        return call

    return {name: within_style(name) for name in methods}


@cache
def _classes() -> tuple[type[Figure], type[Axes]]:
    """Figure and Axes that draw in the book's style; the figure shows itself in a notebook without pyplot."""
    try:
        from matplotlib.axes import Axes
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'figures are drawn with matplotlib, which is not installed: pip install "softmax-book[data]"'
        ) from error

    def as_svg(drawing: Figure) -> str:
        text = io.StringIO()
        drawing.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
        return text.getvalue()

    drawing = type("Drawing", (Figure,), {**_styled(Figure, _FIGURE_METHODS), "_repr_svg_": as_svg})
    return drawing, type("Plot", (Axes,), _styled(Axes, _AXES_METHODS))
