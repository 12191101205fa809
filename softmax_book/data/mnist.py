"""MNIST itself, from files on this machine; they are downloaded only on request."""

from os import PathLike
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from torch import Tensor

from softmax_book.data._check import check_images_and_labels, check_path
from softmax_book.data._download import fetch, remove_stale
from softmax_book.data.digits import Digits
from softmax_book.data.idx import read_at_most, sha256_of, unreadable


class Published(NamedTuple):
    """What is known of a file: bytes compressed, and the SHA-256 compressed and raw."""

    n_bytes: int
    packed: str
    raw: str


# In the order of Digits. Compressed: tensorflow/datasets, url_checksums/mnist.txt. Raw: what these unpack to.
FILES = {
    "train-images-idx3-ubyte": Published(
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    "train-labels-idx1-ubyte": Published(
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    "t10k-images-idx3-ubyte": Published(
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    "t10k-labels-idx1-ubyte": Published(
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
}
LARGEST = 60_000 * 28 * 28  # bytes after a header
# Asked in this order. The original address, yann.lecun.com, refuses: pytorch/vision#8568.
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)


def load_mnist(root: str | PathLike[str], *, download: bool = False, progress: bool = True) -> Digits:
    """MNIST: 70,000 handwritten digits of 28×28 pixels, 10,000 of them for the test.

    By Y. LeCun, C. Cortes and C. J. C. Burges, http://yann.lecun.com/exdb/mnist: four files in IDX format.
    They are looked for in root and in root/MNIST/raw, where torchvision puts them, raw or compressed (.gz),
    as train-images-idx3-ubyte or train-images.idx3-ubyte; of several copies the first found is used.

    Args:
        root: the folder with the files.
        download: whether to fetch what is missing or damaged (12 MB in all) into root. Files that are right
            stay, so after an interruption ask again. A file gets its name only whole and with its SHA-256;
            what a killed download leaves ends in .part, and goes at a later request, ten minutes on or more.
        progress: whether to show a bar on stderr for each file fetched; there is none where stderr is not a
            terminal.

    Returns:
        train_images (60000, 784) and test_images (10000, 784), float32, ink from 0 to 1, row by row from the
        top left; train_labels (60000,) and test_labels (10000,), int64, the digit 0 … 9.

    Raises:
        FileNotFoundError: files are missing, and download is False.
        TypeError: root is not a str or PathLike.
        ValueError: a file is not IDX or damaged, its SHA-256 is not MNIST's, or images and labels disagree;
            root has a NUL, or a ~ for a user who is not known.
        OSError: a file cannot be read, or a folder or a pipe has its name; or, with download, root cannot be
            made or written, which is found out before any mirror is asked, or is full.
        ConnectionError: with download, no mirror sent the file; each one's reason is given.
        ModuleNotFoundError: with download, pooch is not installed.

    Example:
        >>> from softmax_book import load_mnist
        >>> try:
        ...     load_mnist("no/such/folder")
        ... except FileNotFoundError as error:
        ...     print(str(error).split("; ")[0])
        root must hold the four files of MNIST
    """
    folder = _folder(root)
    if download:
        _complete(folder, progress)
    paths = _locate(folder)
    arrays = [read_at_most(path, LARGEST) for path in paths.values()]
    train_images, train_labels, test_images, test_labels = arrays
    check_images_and_labels("training", train_images, train_labels)
    check_images_and_labels("test", test_images, test_labels)
    for name, path in paths.items():
        _check_right(name, path)
    return Digits(_ink(train_images), train_labels.long(), _ink(test_images), test_labels.long())


def _folder(root: str | PathLike[str]) -> Path:
    check_path("root", root)
    try:
        return Path(root).expanduser()
    except RuntimeError as error:
        raise ValueError(
            f"root must begin with ~ only for a user who is known here; got {root}: {error}. "
            "Write the path out."
        ) from error


def _ink(images: Tensor) -> Tensor:
    return images.flatten(1).float().div_(255)


def _locate(folder: Path) -> dict[str, Path]:
    """Where each file is."""
    found = {name: path for name in FILES if (path := _find(folder, name))}
    if missing := [name for name in FILES if name not in found]:
        raise FileNotFoundError(
            f"root must hold the four files of MNIST; got {folder}, where neither the folder itself nor "
            f"{folder / 'MNIST' / 'raw'} has {', '.join(missing)}, raw or .gz. "
            f"Pass download=True, or fetch them by hand, as .gz, from {' or '.join(MIRRORS)}"
        )
    return found


def _find(folder: Path, name: str) -> Path | None:
    """The file in the first place that has it; where downloads go, folder/name.gz, comes first.

    A folder of that name is passed over if there is such a file too: some archives unpack to both.
    """
    names = [f"{stem}{end}" for stem in (name, name.replace("-idx", ".idx")) for end in (".gz", "")]
    places = [place / file for place in (folder, folder / "MNIST" / "raw") for file in names]
    others = []
    for path in places:
        mode = _mode(path)
        if S_ISREG(mode):
            return path
        if mode:
            others.append((path, "a folder" if S_ISDIR(mode) else "a pipe, a device or the like"))
    if others:
        path, kind = others[0]
        raise OSError(f"{path} must be a file; got {kind}. Rename or remove it, or pass another root.")
    return None


def _mode(path: Path) -> int:
    """What kind of thing has this name, 0 for nothing."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise unreadable(path, error) from error


def _is_right(name: str, path: Path) -> bool:
    return sha256_of(path) in (FILES[name].packed, FILES[name].raw)


def _check_right(name: str, path: Path) -> None:
    if not _is_right(name, path):
        raise ValueError(
            f"{path} must have the SHA-256 of MNIST's {name}, {FILES[name].packed} as .gz or "
            f"{FILES[name].raw} raw; got {sha256_of(path)}. "
            "Pass download=True to fetch it anew, or remove it."
        )


def _complete(folder: Path, progress: bool) -> None:
    """Fetch what is missing or not right."""
    found = {name: _find(folder, name) for name in FILES}
    for name, path in found.items():
        file, known = f"{name}.gz", FILES[name]
        remove_stale(folder, file)
        if path is None or not _is_right(name, path):
            fetch(folder, file, known.n_bytes, known.packed, mirrors=MIRRORS, progress=progress)
