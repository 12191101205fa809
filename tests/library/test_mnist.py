"""MNIST from files on this machine: found, read and refused."""

import gzip
import hashlib
import os
import random
import socket
import struct
import sys
import tracemalloc

import pytest
import torch

import softmax_book as book
from softmax_book.data import mnist

REAL = os.environ.get("SOFTMAX_BOOK_MNIST")
NAMES = list(mnist.FILES)
FILES = mnist.FILES


def idx(*shape, top=256, code=8):
    body = bytes(random.Random(0).randrange(top) for _ in range(torch.Size(shape).numel()))
    return bytes([0, 0, code, len(shape)]) + struct.pack(f">{len(shape)}I", *shape) + body


RAW = dict(zip(NAMES, [idx(5, 28, 28), idx(5, top=10), idx(3, 28, 28), idx(3, top=10)], strict=True))
GZ = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in RAW.items()}


def publish(monkeypatch, raw):
    """Let these be the files that are known as MNIST's."""

    def sha256(content):
        return hashlib.sha256(content).hexdigest()

    known = {}
    for name, content in raw.items():
        packed = gzip.compress(content, mtime=0)
        known[name] = mnist.Published(len(packed), sha256(packed), sha256(content))
    monkeypatch.setattr(mnist, "FILES", known)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Small files instead of MNIST's."""
    publish(monkeypatch, RAW)


def put(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def is_right(digits):
    return (
        [tuple(part.shape) for part in digits] == [(5, 784), (5,), (3, 784), (3,)]
        and all(images.dtype == torch.float32 for images in digits[::2])
        and all(labels.dtype == torch.int64 for labels in digits[1::2])
        and (255 * digits.train_images).round().flatten().tolist() == list(RAW[NAMES[0]][16:])
        and digits.test_labels.tolist() == list(RAW[NAMES[3]][8:])
    )


LAYOUTS = {
    "raw": ("", RAW),
    "compressed": ("", GZ),
    "with a dot": ("", {name.replace("-idx", ".idx"): content for name, content in RAW.items()}),
    "with a dot, compressed": ("", {name.replace("-idx", ".idx"): content for name, content in GZ.items()}),
    "torchvision": ("MNIST/raw", RAW | GZ),
    "mixed": ("", dict(list(RAW.items())[:2]) | dict(list(GZ.items())[2:])),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("download", [False, True])
def test_files_that_are_there_are_read_without_a_socket_and_without_pooch(
    tmp_path, monkeypatch, layout, download
):
    below, files = LAYOUTS[layout]
    put(tmp_path / below, files)
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setitem(sys.modules, "pooch", None)
    assert is_right(book.load_mnist(str(tmp_path), download=download))
    assert names_in(tmp_path / below) == sorted(files)


def test_missing_files_are_named_with_the_places_and_both_remedies_and_no_socket_is_opened(
    tmp_path, monkeypatch, refuses
):
    monkeypatch.setattr(socket, "socket", None)
    put(tmp_path, dict(list(RAW.items())[:2]))
    words = (
        f"the four files of MNIST; got {tmp_path}, … {tmp_path / 'MNIST' / 'raw'} has "
        f"{NAMES[2]}, {NAMES[3]}, raw or .gz. Pass download=True, or fetch … by hand, "
        "… https://storage.googleapis.com/ … or https://ossci-datasets.s3.amazonaws.com/"
    )
    refuses(book.load_mnist, (FileNotFoundError, words, [tmp_path], {}))
    refuses(book.load_mnist, (FileNotFoundError, ", ".join(NAMES), [tmp_path / "nowhere"], {}))


MISMATCHED = {
    "labels of others": ({NAMES[1]: RAW[NAMES[3]]}, "labels must be uint8 of shape (5,), … got uint8 … (3,)"),
    "test labels": ({NAMES[3]: RAW[NAMES[1]]}, "test labels must be uint8 of shape (3,), … of shape (5,)"),
    "two swapped": ({NAMES[0]: RAW[NAMES[1]]}, "(N, 28, 28); got uint8 of shape (5,). Check"),
    "smaller images": ({NAMES[2]: idx(3, 8, 8)}, "test images … (N, 28, 28); got uint8 of shape (3, 8, 8)"),
    "signed images": ({NAMES[2]: idx(3, 28, 28, code=9)}, "test images must be uint8 … got int8"),
    "signed labels": ({NAMES[3]: idx(3, code=9)}, "test labels must be uint8 … got int8"),
    "a file cut short": ({NAMES[0]: RAW[NAMES[0]][:-1]}, f"{NAMES[0]} must hold 3,920 bytes … got 3,919"),
}


@pytest.mark.parametrize("case", MISMATCHED)
@pytest.mark.parametrize("known", [False, True], ids=["on this machine only", "even as published"])
def test_files_that_do_not_fit_each_other_are_refused(tmp_path, monkeypatch, case, known, refuses):
    change, words = MISMATCHED[case]
    put(tmp_path, RAW | change)
    if known:
        publish(monkeypatch, RAW | change)
    refuses(book.load_mnist, (ValueError, words, [tmp_path], {}))


OTHER = RAW[NAMES[0]][:-1] + bytes([RAW[NAMES[0]][-1] ^ 1])


@pytest.mark.parametrize(
    "files",
    [{NAMES[0]: OTHER}, {f"{NAMES[0]}.gz": gzip.compress(OTHER)}, {NAMES[0].replace("-idx", ".idx"): OTHER}],
    ids=["raw", "gzip", "dot"],
)
def test_a_file_with_one_other_bit_is_refused(tmp_path, files, refuses):
    put(tmp_path, dict(list(RAW.items())[1:]) | files)
    words = f"must have the SHA-256 of MNIST's {NAMES[0]}, … got … Pass download=True to fetch it anew"
    refuses(book.load_mnist, (ValueError, words, [tmp_path], {}))


def test_the_published_files_are_told_apart_and_asked_only_over_https():
    checksums = [checksum for file in FILES.values() for checksum in file[1:]]
    assert len(set(checksums)) == 8
    assert {len(bytes.fromhex(checksum)) for checksum in checksums} == {32}
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in mnist.MIRRORS)
    assert not any("lecun" in mirror for mirror in mnist.MIRRORS)


DIRECTORY = (lambda path: path.mkdir(), "got a folder. Rename or remove it")
PIPE = (lambda path: os.mkfifo(path), "got a pipe, a device or the like")
IRREGULAR = [DIRECTORY] + [PIPE] * hasattr(os, "mkfifo")


@pytest.mark.parametrize(("make", "words"), IRREGULAR)
@pytest.mark.parametrize("end", ["", ".gz"])
@pytest.mark.parametrize("download", [False, True])
def test_what_has_a_files_name_and_is_none_is_refused_without_reading_it(
    tmp_path, make, words, end, download, refuses
):
    put(tmp_path, dict(list(RAW.items())[1:]))
    path = tmp_path / f"{NAMES[0]}{end}"
    make(path)
    words = f"{path} must be a file; {words}"
    refuses(book.load_mnist, (OSError, words, [tmp_path], {"download": download}))


def test_a_folder_with_a_files_name_is_passed_over_if_there_is_such_a_file(tmp_path):
    put(tmp_path, LAYOUTS["with a dot"][1])
    for name in NAMES:
        (tmp_path / name).mkdir()
    assert is_right(book.load_mnist(tmp_path))


@pytest.mark.parametrize("download", [False, True])
def test_a_place_that_cannot_be_looked_into_is_refused(tmp_path, monkeypatch, download, refuses):
    def forbidden(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    words = "path must name a file that can be read; got "
    root = tmp_path / ("n" * 1000)
    refuses(book.load_mnist, (OSError, f"{words} … too long. Correct", [root], {"download": download}))
    monkeypatch.setattr(mnist.Path, "stat", forbidden)  # root may look everywhere
    case = (PermissionError, f"{words} … Permission denied", [tmp_path], {"download": download})
    refuses(book.load_mnist, case)


@pytest.mark.parametrize("download", [False, True])
def test_a_root_that_is_no_path_is_refused(download, refuses):
    def load(root):
        return book.load_mnist(root, download=download)

    for root in (0, True, None, b"folder"):
        refuses(load, (TypeError, f"root must be a str or a pathlib.Path; got {root!r}. Pass", [root], {}))
    refuses(load, (ValueError, "root must be free of NUL characters; got", ["a\0b"], {}))
    refuses(load, (ValueError, "who is known here; got ~nobody-here: … Write", ["~nobody-here"], {}))


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    put(tmp_path / "mnist", RAW)
    assert is_right(book.load_mnist("~/mnist"))


def test_of_several_copies_the_one_in_root_is_used_and_there_the_compressed_one(tmp_path, refuses):
    def used():
        with pytest.raises(ValueError, match="must ") as refusal:
            book.load_mnist(tmp_path)
        return str(refusal.value).split(" must ")[0]

    dot = NAMES[0].replace("-idx", ".idx")
    places = [
        f"{below}{stem}{end}"
        for below in ("", "MNIST/raw/")
        for stem in (NAMES[0], dot)
        for end in (".gz", "")
    ]
    put(tmp_path, dict(list(RAW.items())[1:]))
    put(tmp_path / "MNIST" / "raw", {})
    for place in reversed(places):
        (tmp_path / place).write_bytes(b"not IDX")
        assert used() == str(tmp_path / place)


def test_little_data_that_unpack_to_much_are_refused_before_they_are_unpacked(tmp_path, refuses):
    bomb = bytes([0, 0, 8, 1]) + struct.pack(">I", 2**26) + bytes(2**26)
    put(tmp_path, RAW | {f"{NAMES[0]}.gz": gzip.compress(bomb)})
    words = (
        f"{NAMES[0]}.gz must promise at most 47,040,000 bytes … got torch.uint8 of shape (67108864,). It is"
    )
    tracemalloc.start()
    try:
        refuses(book.load_mnist, (ValueError, words, [tmp_path], {}))
        assert tracemalloc.get_traced_memory()[1] < 2**21
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not REAL, reason="SOFTMAX_BOOK_MNIST names no folder with MNIST's files")
def test_softmax_regression_classifies_about_92_percent_of_mnist(monkeypatch):
    monkeypatch.setattr(mnist, "FILES", FILES)
    digits = book.load_mnist(REAL)
    assert [tuple(part.shape) for part in digits] == [(60_000, 784), (60_000,), (10_000, 784), (10_000,)]
    torch.manual_seed(0)
    model = book.SoftmaxClassifier(784, 10)
    draw = torch.Generator().manual_seed(0)
    book.fit(model, digits.train_images, digits.train_labels, epochs=10, batch_size=100, generator=draw)
    with torch.no_grad():
        assert 0.915 <= book.accuracy(model(digits.test_images), digits.test_labels) <= 0.93
