"""One world per page: random state, default dtype, print options, folder. Pages do not see each other.

Pages take turns in one process, so a world is entered and left around every step of its page.
"""

from __future__ import annotations

import contextlib
import gc
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

MANY = 100
"""So many modules are a library, with more objects than a page has."""

State = tuple[Any, ...]


@dataclass(frozen=True)
class Keeper:
    """Reads and restores one library's global state; `fresh` is the state a page starts from."""

    read: Callable[[], State]
    restore: Callable[[State], None]
    fresh: Callable[[], None]
    watched: Callable[[], Any]
    """What hidden code and checks must leave as it is: equal before and after."""


def _python() -> Keeper:
    environment: Any = getattr(os, "environb", os.environ)  # as bytes it is read without decoding

    def restore(state: State) -> None:
        random.setstate(state[0])
        if dict(environment) != state[1]:
            environment.clear()
            environment.update(state[1])

    return Keeper(
        lambda: (random.getstate(), dict(environment)), restore, lambda: random.seed(SEED), random.getstate
    )


def _numpy(numpy: ModuleType) -> Keeper:
    def restore(state: State) -> None:
        numpy.random.set_state(state[0])
        numpy.set_printoptions(**state[1])

    def fresh() -> None:
        numpy.random.seed(SEED)
        numpy.set_printoptions(precision=8, suppress=False, linewidth=75, threshold=1000, edgeitems=3)

    def watched() -> Any:
        _, keys, *rest = numpy.random.get_state()
        return keys.tobytes(), rest, numpy.get_printoptions()

    return Keeper(lambda: (numpy.random.get_state(), numpy.get_printoptions()), restore, fresh, watched)


def _torch(torch: ModuleType) -> Keeper:
    options = torch._tensor_str.PRINT_OPTS  # the only place where torch keeps them
    names = ("precision", "threshold", "edgeitems", "linewidth", "sci_mode")

    def settings() -> State:
        shown = {name: getattr(options, name) for name in names}
        return shown, torch.get_default_dtype(), torch.is_grad_enabled()

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

    return Keeper(
        lambda: (torch.get_rng_state(), *settings()),
        restore,
        fresh,
        lambda: (torch.get_rng_state().numpy().tobytes(), settings()),
    )


def _matplotlib(matplotlib: ModuleType) -> Keeper:
    settings, default = matplotlib.rcParams, dict(dict.items(matplotlib.rcParamsDefault))

    def restore(state: State) -> None:
        dict.update(settings, state[0])  # values that were valid need not be validated again

    return Keeper(
        lambda: (dict(dict.items(settings)),),  # dict.copy would sort the names each time
        restore,
        lambda: restore((default,)),
        lambda: None,
    )


_LIBRARIES: dict[str, Callable[[ModuleType], Keeper]] = {
    "torch": _torch,
    "numpy": _numpy,
    "matplotlib": _matplotlib,
}
_NUMERIC = ("torch", "numpy")
_IMPORTED = re.compile(r"^\s*(?:from|import)\s+(\w+)", re.MULTILINE)


def _load_numeric(source: str) -> None:
    """Import what draws random numbers before a page starts, so that its state is set when code runs.

    A package may bring it along, so that any import from outside the standard library counts.
    """
    outside = set(_IMPORTED.findall(source)) - set(sys.stdlib_module_names)
    for name in _NUMERIC if outside else ():
        if importlib.util.find_spec(name):
            importlib.import_module(name)


@contextlib.contextmanager
def _imports_kept() -> Iterator[None]:
    """Spares garbage collections the visit of what was imported meanwhile: modules stay anyway."""
    before = len(sys.modules)
    yield
    if len(sys.modules) > before + MANY:
        gc.freeze()


@dataclass
class World:
    """The surroundings of one page."""

    source: str
    _keepers: dict[str, Keeper] = field(default_factory=dict)
    _inner: dict[str, State] = field(default_factory=dict)
    _folder: str = ""
    _here: str = ""

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Inside, the page's own state holds; what was there before comes back afterwards."""
        if not self._folder:
            with _imports_kept():
                _load_numeric(self.source)
            self._folder = self._here = tempfile.mkdtemp(prefix="page-")
        self._meet()
        outer, home = self._read(), os.getcwd()
        for name, keeper in self._keepers.items():
            if name in self._inner:
                keeper.restore(self._inner[name])
            else:
                keeper.fresh()
        os.chdir(self._here)
        try:
            with _imports_kept():
                yield
        finally:
            self._here = os.getcwd()
            newcomers = self._meet()
            self._inner = self._read()
            for name in newcomers:  # nobody outside has used it yet: leave it as new
                self._keepers[name].fresh()
            for name, state in outer.items():
                self._keepers[name].restore(state)
            os.chdir(home)

    def _meet(self) -> list[str]:
        """Make keepers for libraries that have been imported since; their names."""
        newcomers = [n for n in _LIBRARIES if n in sys.modules and n not in self._keepers]
        if not self._keepers:
            self._keepers["random"] = _python()
        for name in newcomers:
            self._keepers[name] = _LIBRARIES[name](sys.modules[name])
        return newcomers

    def _read(self) -> dict[str, State]:
        return {name: keeper.read() for name, keeper in self._keepers.items()}

    def watched(self) -> list[Any]:
        """Random states and settings; equal before and after means that nothing was drawn and nothing set."""
        return [keeper.watched() for keeper in self._keepers.values()]

    def close(self) -> None:
        """Remove the page's folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._keepers, self._inner, self._folder = {}, {}, ""
