"""MNIST fetched from a server on this machine, never from elsewhere: whole and right, or not at all."""

import gzip
import hashlib
import os
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest

import softmax_book as book
from softmax_book.data import _download, mnist

IMAGES = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]) + bytes(range(196)) * 8
LABELS = bytes([0, 0, 8, 1, 0, 0, 0, 2, 7, 3])
RAW = dict(zip(mnist.FILES, [IMAGES, LABELS] * 2, strict=True))
GZ = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in RAW.items()}


def whole(handler, content):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def missing(handler, content):
    handler.send_error(404)


def stops_in_the_middle(handler, content):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])


def other_bytes(handler, content):
    whole(handler, bytes(len(content)))


def does_not_end(handler, content):
    handler.send_response(200)
    handler.end_headers()
    with suppress(ConnectionError):  # the client has heard enough
        while True:
            handler.wfile.write(bytes(2**16))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        mirror, file = self.path.strip("/").split("/")
        self.server.asked.append(f"{mirror}/{file}")
        answers = self.server.answers
        answers.get(file, answers[mirror])(self, GZ[file])

    def log_message(self, *_):
        """Say nothing."""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Small files instead of MNIST's, and a mirror that does not answer."""
    known = {
        name: mnist.Published(len(packed), sha256(packed), sha256(raw))
        for (name, raw), packed in zip(RAW.items(), GZ.values(), strict=True)
    }
    monkeypatch.setattr(mnist, "FILES", known)
    monkeypatch.setattr(mnist, "MIRRORS", ("http://127.0.0.1:9/",))
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server(monkeypatch):
    """Two mirrors on this machine: what each answers, and what was asked of them."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.answers = [], {"first": whole, "second": whole}
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(mnist, "MIRRORS", (f"{address}/first/", f"{address}/second/"))
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield server
        server.shutdown()


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def is_right(digits):
    return digits.train_labels.tolist() == digits.test_labels.tolist() == [7, 3]


def test_what_is_missing_is_fetched_once_from_the_first_mirror(tmp_path, server):
    root = tmp_path / "made" / "on the way"
    assert is_right(book.load_mnist(root, download=True))
    assert server.asked == [f"first/{file}" for file in GZ]
    assert {path.name: path.read_bytes() for path in root.iterdir()} == GZ
    assert is_right(book.load_mnist(root, download=True))
    assert len(server.asked) == 4


@pytest.mark.parametrize("content", [IMAGES[:-1], IMAGES[:-1] + b"!", b""], ids=["short", "other", "empty"])
@pytest.mark.parametrize("end", ["", ".gz"])
def test_a_file_that_is_damaged_is_fetched_anew_and_the_right_ones_are_kept(tmp_path, server, content, end):
    first, *others = RAW
    for name in others:
        (tmp_path / name).write_bytes(RAW[name])
    (tmp_path / f"{first}{end}").write_bytes(gzip.compress(content) if end else content)
    assert is_right(book.load_mnist(tmp_path, download=True))
    assert server.asked == [f"first/{first}.gz"]
    assert is_right(book.load_mnist(tmp_path))


@pytest.mark.parametrize("failure", [missing, stops_in_the_middle, other_bytes, does_not_end])
def test_when_the_first_mirror_fails_the_second_is_asked(tmp_path, server, failure):
    server.answers["first"] = failure
    assert is_right(book.load_mnist(tmp_path, download=True))
    assert server.asked == [f"{mirror}/{file}" for file in GZ for mirror in ("first", "second")]
    assert names_in(tmp_path) == sorted(GZ)


FAILURES = {
    missing: "404",
    stops_in_the_middle: "IncompleteRead",
    other_bytes: "SHA-256",
    does_not_end: "more than the",
}


@pytest.mark.parametrize("failure", FAILURES)
def test_when_all_mirrors_fail_each_ones_reason_is_told_and_asking_again_completes(
    tmp_path, server, failure, refuses
):
    third = list(GZ)[2]
    server.answers[third] = failure
    first, second = mnist.MIRRORS
    words = (
        f"must send {third}; got from {first}: … {FAILURES[failure]} … {second}: … {FAILURES[failure]} … Ask"
    )
    refuses(book.load_mnist, (ConnectionError, words, [tmp_path], {"download": True}))
    assert names_in(tmp_path) == sorted(list(GZ)[:2])  # neither half of the third nor the fourth

    del server.answers[third]
    server.asked.clear()
    assert is_right(book.load_mnist(tmp_path, download=True))
    assert server.asked == [f"first/{file}" for file in list(GZ)[2:]]


def test_mirrors_that_do_not_answer_are_told_too(tmp_path, refuses):
    words = "got from http://127.0.0.1:9/: … refused"
    refuses(book.load_mnist, (ConnectionError, words, [tmp_path], {"download": True}))
    assert names_in(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_asked(
    tmp_path, server, monkeypatch, refuses
):
    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "file").write_bytes(b"")
    words = "root must be a folder that can be written; got "
    for error, root in ((FileExistsError, "file"), (NotADirectoryError, "file/below")):
        refuses(book.load_mnist, (error, words, [tmp_path / root], {"download": True}))
    monkeypatch.setattr(_download, "open", forbidden, raising=False)  # root may write everywhere
    refuses(book.load_mnist, (PermissionError, f"{words} … denied", [tmp_path], {"download": True}))
    assert server.asked == []
    assert names_in(tmp_path) == ["file"]


def test_an_error_of_the_disk_is_not_taken_for_one_of_the_mirror(tmp_path, server, monkeypatch, refuses):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_download.Limited, "write", full)
    first = tmp_path / next(iter(GZ))
    words = f"can be written; got for {first}: No space left on device. Pass another root, make room"
    refuses(book.load_mnist, (OSError, words, [tmp_path], {"download": True}))
    assert names_in(tmp_path) == []
    assert len(server.asked) == 1


def test_without_pooch_the_error_says_how_to_get_it_before_a_folder_is_made(tmp_path, monkeypatch, refuses):
    monkeypatch.setitem(sys.modules, "pooch", None)
    words = 'needs pooch to download; got … pip install "softmax-book[data]"'
    refuses(book.load_mnist, (ModuleNotFoundError, words, [tmp_path / "root"], {"download": True}))
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(("terminal", "progress"), [(True, True), (True, False), (False, True)])
def test_a_bar_is_shown_on_a_terminal_unless_it_is_not_wanted(
    tmp_path, server, monkeypatch, terminal, progress
):
    shown = StringIO()
    shown.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", shown)
    book.load_mnist(tmp_path, download=True, progress=progress)
    assert [f"{file}: 100%" in shown.getvalue() for file in GZ] == [terminal and progress] * 4


@pytest.mark.skipif(os.name != "posix", reason="other systems have no umask")
@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077])
def test_a_fetched_file_may_be_read_by_whom_the_umask_allows(tmp_path, server, umask):
    before = os.umask(umask)
    try:
        book.load_mnist(tmp_path, download=True)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o666 & ~umask}


def test_what_a_killed_download_left_is_removed_once_nobody_can_be_writing_it(tmp_path, server):
    file = next(iter(GZ))
    stale, in_use, other = (tmp_path / name for name in (f"{file}.0.part", f"{file}.1.part", "thesis.part"))
    for path in (stale, in_use, other):
        path.write_bytes(b"half")
    for path in (stale, other):
        os.utime(path, (0, 0))
    book.load_mnist(tmp_path, download=True)
    assert names_in(tmp_path) == sorted([*GZ, in_use.name, other.name])
    os.utime(in_use, (0, 0))
    book.load_mnist(tmp_path)
    assert in_use.exists()
    book.load_mnist(tmp_path, download=True)
    assert names_in(tmp_path) == sorted([*GZ, other.name])


def test_a_file_is_written_under_another_name_until_it_is_right(tmp_path, server, monkeypatch):
    seen = []

    def write(self, piece):
        seen.append(names_in(tmp_path))
        self.file.write(piece)

    monkeypatch.setattr(_download.Limited, "write", write)
    book.load_mnist(tmp_path, download=True)
    assert all(len([name for name in names if name.endswith(".part")]) == 1 for names in seen)
    assert seen[0][0].startswith(next(iter(GZ)))
    assert names_in(tmp_path) == sorted(GZ)
