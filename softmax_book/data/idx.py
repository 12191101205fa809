"""Files in the IDX format, in which MNIST is published."""

import struct
import sys
import zlib
from gzip import BadGzipFile, GzipFile
from hashlib import file_digest
from io import BufferedIOBase, BufferedReader
from math import inf, prod
from os import PathLike

import torch
from torch import Tensor

from softmax_book.data._check import check_path

ELEMENTS = {
    0x08: torch.uint8,
    0x09: torch.int8,
    0x0B: torch.int16,
    0x0C: torch.int32,
    0x0D: torch.float32,
    0x0E: torch.float64,
}
GZIP_MAGIC = b"\x1f\x8b"
PIECE = 1 << 20  # bytes
AGAIN = "Fetch or copy the file again."


def read_idx(path: str | PathLike[str]) -> Tensor:
    """The array in an IDX file, raw or compressed with gzip, which its first bytes tell and not its name.

    An IDX file holds two zero bytes, a byte for the type of its elements, a byte for the number of
    dimensions, each dimension's size as a big-endian 4-byte integer, and then the elements, big-endian, the
    last index changing fastest. Source: http://yann.lecun.com/exdb/mnist, "The IDX file format".

    No more is read than the header promises, and one byte more to see that the file ends there.

    Args:
        path: the file.

    Returns:
        A tensor in this machine's byte order, of the file's shape and its type: 0x08 uint8, 0x09 int8,
        0x0B int16, 0x0C int32, 0x0D float32 or 0x0E float64.

    Raises:
        ValueError: the file is not IDX, or cut short, or longer than its header says; no dimension, or one of
            size 0; the gzip data are damaged; what they hold does not fit into memory; path has a NUL.
        TypeError: path is not a str or PathLike.
        OSError: path cannot be read; FileNotFoundError, PermissionError and so on, as ``open`` raises.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from softmax_book import read_idx
        >>> header = bytes([0, 0, 0x0B, 2, 0, 0, 0, 1, 0, 0, 0, 3])  # int16, two dimensions: 1 and 3
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "three-numbers")
        ...     _ = path.write_bytes(header + bytes([0, 1, 1, 0, 255, 255]))
        ...     numbers = read_idx(path)
        >>> numbers
        tensor([[  1, 256,  -1]], dtype=torch.int16)
    """
    return read_at_most(path, inf)


def read_at_most(path: str | PathLike[str], limit: float) -> Tensor:
    """:func:`read_idx` for a file that can be told to be wrong by promising more bytes than ``limit``.

    Little compressed data can unpack to much.
    """
    check_path("path", path)
    with open_file(path) as file:
        stream: BufferedIOBase = GzipFile(fileobj=file) if file.peek(2)[:2] == GZIP_MAGIC else file
        try:
            dtype, shape = _read_header(stream, path)
            body = _read_body(stream, path, dtype, shape, limit)
        except (EOFError, BadGzipFile, zlib.error) as error:
            raise ValueError(
                f"{path} must hold whole gzip data; got damaged ones: {error}. {AGAIN}"
            ) from error
        except OSError as error:  # the disk's
            raise unreadable(path, error) from error
        except MemoryError as error:
            raise ValueError(
                f"{path} must fit into memory; got more than there is room for. "
                "Check that it is the file you mean, or read it where there is more memory."
            ) from error
    return _as_tensor(body, dtype).reshape(shape)


def open_file(path: str | PathLike[str]) -> BufferedReader:
    try:
        return open(path, "rb")
    except OSError as error:
        raise unreadable(path, error) from error


def sha256_of(path: str | PathLike[str]) -> str:
    with open_file(path) as file:
        return file_digest(file, "sha256").hexdigest()


def unreadable(path: str | PathLike[str], error: OSError) -> OSError:
    """The same kind of error, in this library's words."""
    return type(error)(
        f"path must name a file that can be read; got {path}: {error.strerror or error}. "
        "Correct the path, or the file's permissions."
    )


def _read_header(stream: BufferedIOBase, path: str | PathLike[str]) -> tuple[torch.dtype, tuple[int, ...]]:
    magic = _read(stream, 4)
    if len(magic) < 4:
        raise ValueError(f"{path} must begin with a header of IDX; got {len(magic)} bytes in all. {AGAIN}")
    if magic[:2] != b"\0\0":
        raise ValueError(
            f"{path} must begin with two zero bytes, as IDX files do; got {magic[:2].hex(' ')}. "
            "It is a file of another kind, perhaps a web page saved under this name: name or fetch another."
        )
    if magic[2] not in ELEMENTS:
        known = ", ".join(f"0x{code:02X}" for code in ELEMENTS)
        raise ValueError(f"{path} must have a type byte among {known}; got 0x{magic[2]:02X}. {AGAIN}")
    sizes = _read(stream, 4 * magic[3])
    if len(sizes) < 4 * magic[3]:
        raise ValueError(
            f"{path} must have {4 * magic[3]} bytes for the sizes of {magic[3]} dimensions; "
            f"got {len(sizes)}. {AGAIN}"
        )
    shape = struct.unpack(f">{magic[3]}I", sizes)
    if not shape or 0 in shape:
        raise ValueError(f"{path} must have a dimension, and none of size 0; got shape {shape}. {AGAIN}")
    return ELEMENTS[magic[2]], shape


def _read_body(
    stream: BufferedIOBase,
    path: str | PathLike[str],
    dtype: torch.dtype,
    shape: tuple[int, ...],
    limit: float,
) -> bytearray:
    promised = prod(shape) * dtype.itemsize
    if promised > limit:
        raise ValueError(
            f"{path} must promise at most {limit:,} bytes after its header; got {dtype} of shape {shape}. "
            f"It is another file than the one wanted. {AGAIN}"
        )
    body = _read(stream, promised + 1)
    if len(body) != promised:
        got = f"{len(body):,}" if len(body) < promised else "more"
        raise ValueError(
            f"{path} must hold {promised:,} bytes after its header, {dtype} of shape {shape}; "
            f"got {got}. {AGAIN}"
        )
    return body


def _read(stream: BufferedIOBase, size: int) -> bytearray:
    """At most size bytes, piece by piece: a header may promise more than there is memory."""
    data = bytearray()
    while len(data) < size and (piece := stream.read(min(size - len(data), PIECE))):
        data += piece
    return data


def _as_tensor(body: bytearray, dtype: torch.dtype) -> Tensor:
    flat = torch.frombuffer(body, dtype=torch.uint8)
    if sys.byteorder == "little" and dtype.itemsize > 1:
        flat = flat.reshape(-1, dtype.itemsize).flip(1).flatten()
    return flat.view(dtype)
