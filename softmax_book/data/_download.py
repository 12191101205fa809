"""A published file fetched from one of its mirrors: whole and with its SHA-256, or not at all."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Any, BinaryIO

from tqdm import tqdm

from softmax_book.data.idx import sha256_of

PART = ".part"
STALE = 600  # seconds without a write; a download gives up after 30 without an answer


def fetch(
    folder: Path, file: str, n_bytes: int, sha256: str, *, mirrors: Iterable[str], progress: bool
) -> None:
    pooch, request_error = _pooch()
    refusals = []
    for mirror in mirrors:
        try:
            return _fetch_from(mirror, pooch, folder, file, n_bytes, sha256, progress)
        except (request_error, ValueError) as error:  # no answer, not all of it, or other bytes
            refusals.append(f"{mirror}: {error}")
        except OSError as error:  # not the mirror's: this machine's
            raise type(error)(
                f"root must be a folder that can be written; got for {folder / file}: "
                f"{error.strerror or error}. Pass another root, make room, or change its permissions."
            ) from error
    raise ConnectionError(
        f"one of the mirrors must send {file}; got from {'; from '.join(refusals)}. "
        f"Ask again later (what came stays), or put the file into {folder} by hand."
    )


def _fetch_from(
    mirror: str, pooch: Any, folder: Path, file: str, n_bytes: int, sha256: str, progress: bool
) -> None:
    """Into a file of another name beside it, which gets its own once it is right."""
    hidden = None if progress else True  # None: tqdm asks whether stderr is a terminal
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{file}.{token_hex(4)}{PART}"  # no two processes write the same
    try:
        with (
            open(part, "xb") as out,
            tqdm(total=n_bytes, unit="B", unit_scale=True, desc=file, disable=hidden) as bar,
        ):
            pooch.HTTPDownloader(progressbar=bar)(mirror + file, Limited(out, n_bytes), None)
        got = sha256_of(part)
        if got != sha256:
            raise ValueError(f"a file with SHA-256 {got}, not {sha256}")
        part.replace(folder / file)
    finally:
        part.unlink(missing_ok=True)


class Limited:
    """A file that takes no more bytes than were published: a mirror may never stop sending."""

    def __init__(self, file: BinaryIO, n_bytes: int) -> None:
        self.file, self.n_bytes, self.room = file, n_bytes, n_bytes

    def write(self, piece: bytes) -> None:
        self.room -= len(piece)
        if self.room < 0:
            raise ValueError(f"more than the {self.n_bytes:,} bytes that were published")
        self.file.write(piece)

    def flush(self) -> None:
        self.file.flush()


def remove_stale(folder: Path, file: str) -> None:
    """Remove what killed downloads left, but nothing that another process may be writing."""
    for part in folder.glob(f"{file}.*{PART}"):
        with suppress(OSError):  # gone meanwhile, or not ours to remove
            if time() - part.stat().st_mtime > STALE:
                part.unlink()


def _pooch() -> tuple[Any, type[Exception]]:
    """Pooch, and what it raises when a request fails; asked for only here: the library runs without it."""
    try:
        import pooch
        from requests import RequestException
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            f"load_mnist needs pooch to download; got {missing}. "
            'Install it: pip install "softmax-book[data]", or fetch the files by hand.'
        ) from missing
    return pooch, RequestException
