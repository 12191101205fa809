"""Scikit-learn's 8×8 handwritten digits."""

from typing import NamedTuple

from torch import Tensor

from softmax_book.data._scikit_learn import split_in_two


class Digits(NamedTuple):
    """Images of handwritten digits and which digit each shows, split in two."""

    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def load_digits(*, seed: int = 0) -> Digits:
    """1,797 handwritten digits of 8×8 pixels, a quarter of each digit set apart for the test.

    They come with scikit-learn (the test set of "Optical Recognition of Handwritten Digits", UCI Machine
    Learning Repository, 1998); nothing is downloaded.

    Args:
        seed: which of the stratified splits, as scikit-learn's ``train_test_split`` makes them.

    Returns:
        train_images (1347, 64) and test_images (450, 64), float32, ink from 0 to 1, row by row from the top
        left; train_labels (1347,) and test_labels (450,), int64, the digit 0 … 9.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
        ValueError: seed is not an int from 0 to 2**32 − 1.

    Example:
        >>> from softmax_book import load_digits
        >>> digits = load_digits()
        >>> digits.train_images.shape, digits.test_images.shape
        (torch.Size([1347, 64]), torch.Size([450, 64]))
        >>> digits.test_labels.bincount()
        tensor([45, 46, 44, 46, 45, 46, 45, 45, 43, 45])
    """
    train_images, train_labels, test_images, test_labels = split_in_two("load_digits", seed)
    return Digits(train_images / 16, train_labels, test_images / 16, test_labels)
