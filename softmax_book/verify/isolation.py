"""One world per page: random state, default dtype, print options, folder. Pages do not see each other.

Pages take turns in one process, so a world is entered and left around every step of its page.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

SEED = 20220803
"""Where every page starts; a page that shows random numbers sets its own seed in the open."""

State = tuple[Any, ...]


@dataclass(frozen=True)
class Keeper:
    """Reads and restores one library's global state; `fresh` is the state a page starts from."""

    read: Callable[[], State]
    restore: Callable[[State], None]
    fresh: Callable[[], None]
    random: Callable[[], Any]


def _python() -> Keeper:
    def restore(state: State) -> None:
        random.setstate(state[0])

    return Keeper(
        lambda: (random.getstate(),),
        restore,
        lambda: random.seed(SEED),
        lambda: repr(random.getstate()).encode(),
    )


def _numpy(numpy: ModuleType) -> Keeper:
    def restore(state: State) -> None:
        numpy.random.set_state(state[0])
        numpy.set_printoptions(**state[1])

    def fresh() -> None:
        numpy.random.seed(SEED)
        numpy.set_printoptions(precision=8, suppress=False, linewidth=75, threshold=1000, edgeitems=3)

    def position() -> Any:
        _, keys, *rest = numpy.random.get_state()
        return keys.tobytes(), rest

    return Keeper(lambda: (numpy.random.get_state(), numpy.get_printoptions()), restore, fresh, position)


def _torch(torch: ModuleType) -> Keeper:
    options = torch._tensor_str.PRINT_OPTS  # the only place where torch keeps them
    names = ("precision", "threshold", "edgeitems", "linewidth", "sci_mode")

    def read() -> State:
        shown = {name: getattr(options, name) for name in names}
        return torch.get_rng_state(), shown, torch.get_default_dtype(), torch.is_grad_enabled()

    def restore(state: State) -> None:
        rng, shown, dtype, grad = state
        torch.set_rng_state(rng)
        for name, value in shown.items():
            setattr(options, name, value)
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)

    def fresh() -> None:
        torch.default_generator.manual_seed(SEED)  # torch.manual_seed would load the compiler first
        torch.set_printoptions(profile="default")
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)

    return Keeper(read, restore, fresh, lambda: torch.get_rng_state().numpy().tobytes())


_LIBRARIES: dict[str, Callable[[ModuleType], Keeper]] = {"torch": _torch, "numpy": _numpy}
_BRINGS = {"torch": r"\btorch\b", "numpy": r"\b(?:numpy|torch|sklearn|scipy|matplotlib)\b"}


def _keepers(source: str) -> list[Keeper]:
    """One keeper for each library with global state that a page may touch.

    They are imported now, before the page starts, so that their state is set before the page's code runs.
    """
    found = [_python()]
    for name, keeper in _LIBRARIES.items():
        named = re.search(_BRINGS[name], source) and importlib.util.find_spec(name)
        if named or name in sys.modules:
            found.append(keeper(importlib.import_module(name)))
    return found


@dataclass
class World:
    """The surroundings of one page."""

    source: str
    _inner: list[State] = field(default_factory=list)
    _keepers: list[Keeper] = field(default_factory=list)
    _folder: str = ""
    _here: str = ""

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Inside, the page's own state holds; what was there before comes back afterwards."""
        first = not self._keepers
        if first:
            self._keepers = _keepers(self.source)
            self._folder = self._here = tempfile.mkdtemp(prefix="page-")
        outer, home = [keeper.read() for keeper in self._keepers], os.getcwd()
        if first:
            for keeper in self._keepers:
                keeper.fresh()
        else:
            self._restore(self._inner)
        os.chdir(self._here)
        try:
            yield
        finally:
            self._inner, self._here = [keeper.read() for keeper in self._keepers], os.getcwd()
            self._restore(outer)
            os.chdir(home)

    def _restore(self, states: list[State]) -> None:
        for keeper, state in zip(self._keepers, states, strict=True):
            keeper.restore(state)

    def randomness(self) -> list[Any]:
        """A fingerprint of every random state; equal before and after means that nothing was drawn."""
        return [keeper.random() for keeper in self._keepers]

    def close(self) -> None:
        """Remove the page's folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._keepers, self._inner = [], []
