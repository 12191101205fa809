"""The reader of IDX files: what it reads, and all that it refuses."""

import gzip
import random
import struct
import sys
import tracemalloc
import warnings

import pytest
import torch

import softmax_book as book
from softmax_book.data import idx

LETTERS = {0x08: "B", 0x09: "b", 0x0B: "h", 0x0C: "i", 0x0D: "f", 0x0E: "d"}
SHAPE = (5, 28, 28)
PIXELS = random.Random(0).randbytes(5 * 28 * 28)
HEADER = bytes.fromhex("00000803 00000005 0000001c 0000001c")
VALID = HEADER + PIXELS
PACKED = gzip.compress(VALID, mtime=0)
RAW_OR_GZIP = pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["raw", "gzip"])


def header(code, *sizes):
    return bytes([0, 0, code, len(sizes)]) + struct.pack(f">{len(sizes)}I", *sizes)


@pytest.fixture
def read(tmp_path):
    """A function of the bytes that a file holds."""

    def read_bytes(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return book.read_idx(path)

    return read_bytes


@RAW_OR_GZIP
@pytest.mark.parametrize("name", ["train-images-idx3-ubyte", "train-images-idx3-ubyte.gz"])
def test_images_come_back_whatever_the_files_name_says_about_compression(tmp_path, pack, name):
    (tmp_path / name).write_bytes(pack(VALID))
    images = book.read_idx(str(tmp_path / name))
    assert images.dtype == torch.uint8
    assert images.shape == SHAPE
    assert bytes(images.flatten().tolist()) == PIXELS


@pytest.mark.parametrize("code", LETTERS)
def test_numbers_of_every_type_come_back_from_their_big_endian_bytes(read, code):
    numbers = [0, 1, 2, 100, 127, 3] if code == 0x08 else [-1, 1, 0, -100, 127, 64]
    if LETTERS[code] in "hi":
        numbers[0] = -(2**14) - 3
    if LETTERS[code] in "fd":
        numbers[0] = -0.15625
    array = read(header(code, 2, 3) + struct.pack(f">6{LETTERS[code]}", *numbers))
    assert array.dtype == idx.ELEMENTS[code]
    assert array.tolist() == [numbers[:3], numbers[3:]]


@pytest.mark.parametrize("code", [0x0B, 0x0E])
def test_on_a_big_endian_machine_the_bytes_stay_as_they_are(read, monkeypatch, code):
    monkeypatch.setattr(sys, "byteorder", "big")
    little = struct.pack(f"<2{LETTERS[code]}", 5, -7)  # as if this machine were big-endian
    assert read(header(code, 2) + little).tolist() == [5, -7]


def test_an_array_has_as_many_dimensions_as_the_file_says(read):
    assert read(header(0x08, 3) + b"abc").tolist() == [97, 98, 99]
    assert read(header(0x08, *[1] * 255) + b"a").shape == (1,) * 255


def test_the_array_may_be_written_into_without_a_warning(read):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        images = read(VALID)
        images += 1
    assert not images.equal(read(VALID))


MALFORMED = {
    "nothing": (b"", "must begin with a header of IDX; got 0 bytes in all"),
    "half a header": (b"\0\0\x08", "got 3 bytes in all"),
    "no sizes": (HEADER[:4], "12 bytes for the sizes of 3 dimensions; got 0"),
    "half the sizes": (HEADER[:11], "12 bytes for the sizes of 3 dimensions; got 7"),
    "no body": (HEADER, "must hold 3,920 bytes … torch.uint8 of shape (5, 28, 28); got 0"),
    "a byte less": (VALID[:-1], "must hold 3,920 bytes … got 3,919"),
    "a byte more": (VALID + b"\0", "must hold 3,920 bytes … got more"),
    "a wrong magic": (b"\1" + VALID[1:], "must begin with two zero bytes … got 01 00"),
    "another wrong magic": (b"\0\1" + VALID[2:], "got 00 01"),
    "a web page": (b"<!doctype html><title>403</title>", "got 3c 21. … perhaps a web page"),
    "a zip archive": (b"PK\3\4" + VALID, "a file of another kind"),
    "a wrong type": (b"\0\0\x0a\3" + VALID[4:], "0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E; got 0x0A"),
    "a wider type": (b"\0\0\x0d\3" + VALID[4:], "15,680 bytes … torch.float32 … got 3,920"),
    "no dimension": (b"\0\0\x08\0a", "must have a dimension … got shape ()"),
    "no images": (header(0x08, 0, 28, 28), "none of size 0; got shape (0, 28, 28)"),
    "an overflow": (header(0x08, 0, *[2**32 - 1] * 3), "none of size 0"),
}


@RAW_OR_GZIP
@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_is_refused_by_name(read, tmp_path, pack, case, refuses):
    content, words = MALFORMED[case]
    refuses(read, (ValueError, f"{tmp_path / 'file'} … {words}", [pack(content)], {}))


DAMAGED = {
    "cut in the header": PACKED[:5],
    "only the magic": PACKED[:2],
    "cut in the middle": PACKED[: len(PACKED) // 2],
    "cut in the checksum": PACKED[:-6],
    "a wrong checksum": PACKED[:-8] + bytes(4) + PACKED[-4:],
    "a wrong length": PACKED[:-1] + b"\1",
    "a wrong method": PACKED[:2] + b"\7" + PACKED[3:],
    "an invalid block": PACKED[:10] + b"\xff" * 20 + PACKED[30:],
    "something behind": PACKED + b"something",
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_gzip_data_are_refused(read, case, refuses):
    refuses(read, (ValueError, "must hold whole gzip data; got damaged ones: ", [DAMAGED[case]], {}))


def peak(function, content):
    """The most bytes of Python objects that a refusal needed."""
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="bytes after its header"):
            function(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@RAW_OR_GZIP
@pytest.mark.parametrize("sizes", [(2**31,), (2**32 - 1,) * 3, (2**32 - 1,) * 255])
def test_a_header_that_promises_too_much_gets_no_memory(read, pack, sizes):
    assert peak(read, pack(header(0x0E, *sizes) + b"abc")) < 2**21


@RAW_OR_GZIP
def test_no_more_is_unpacked_than_the_header_promises(read, pack):
    content = pack(header(0x08, 10) + bytes(2**24))
    assert peak(read, content) < 2**21


def test_a_path_that_cannot_be_read_is_refused_with_the_same_kind_of_error(tmp_path, monkeypatch, refuses):
    (tmp_path / "file").write_bytes(VALID)
    words = "path must name a file that can be read; got "
    refuses(book.read_idx, (FileNotFoundError, words, [tmp_path / "none"], {}))
    refuses(book.read_idx, (IsADirectoryError, words, [tmp_path], {}))
    refuses(book.read_idx, (NotADirectoryError, words, [tmp_path / "file" / "below"], {}))

    def forbidden(path, mode):
        raise PermissionError(13, "Permission denied", str(path))

    refuses(book.read_idx, (OSError, f"{words} … too long. Correct", [tmp_path / ("n" * 1000)], {}))
    monkeypatch.setattr(idx, "open", forbidden, raising=False)  # root may read everything
    refuses(book.read_idx, (PermissionError, f"{words} … Permission denied", [tmp_path / "file"], {}))


@pytest.mark.parametrize("path", [0, True, None, 1.5, b"file"])
def test_what_is_no_path_is_refused_and_no_file_descriptor_is_read(path, refuses):
    words = f"path must be a str or a pathlib.Path; got {path!r}. Pass"
    refuses(book.read_idx, (TypeError, words, [path], {}))


def test_a_path_with_a_nul_is_refused(refuses):
    words = "path must be free of NUL characters; got 'a\\x00b'. Correct"
    refuses(book.read_idx, (ValueError, words, ["a\0b"], {}))


def test_an_error_of_the_disk_names_the_file(read, monkeypatch, refuses):
    def broken(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(idx, "_read_body", broken)
    refuses(read, (OSError, "file that can be read; got … file: Input/output error. Correct", [VALID], {}))


def test_an_array_that_does_not_fit_into_memory_is_refused(read, monkeypatch, refuses):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr(idx, "_read_body", full)
    words = "file must fit into memory; got more than there is room for. Check"
    refuses(read, (ValueError, words, [VALID], {}))


def mutated(content, chance):
    """Some bytes changed, dropped or put in, most often near the beginning."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(chance.choice([4, 20, len(content)]))
        replacement = chance.randbytes(chance.randint(0, 2))
        content[place : place + chance.randint(0, 2)] = replacement
    return bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])


@pytest.mark.parametrize("content", [VALID, PACKED], ids=["raw", "gzip"])
def test_a_file_damaged_at_random_is_read_or_refused_with_a_value_error(read, content):
    chance = random.Random(1)
    outcomes = []
    for _ in range(300):
        try:
            outcomes.append(read(mutated(content, chance)).shape == SHAPE)
        except ValueError:
            outcomes.append(None)
    assert outcomes.count(None) > 200
    assert outcomes.count(True) > 3
