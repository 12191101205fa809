"""Data sets: small ones from the book's source, scikit-learn's digits and wines, a zoo, and MNIST."""

from softmax_book.data.digits import load_digits
from softmax_book.data.idx import read_idx
from softmax_book.data.mnist import load_mnist
from softmax_book.data.source import source_numbers
from softmax_book.data.toys import THROWS, eight_points, eight_rows, five_exams, make_throws
from softmax_book.data.wine import WINE_FEATURES, load_wine
from softmax_book.data.zoo import ZOO_KINDS, load_zoo

__all__ = [
    "THROWS",
    "WINE_FEATURES",
    "ZOO_KINDS",
    "eight_points",
    "eight_rows",
    "five_exams",
    "load_digits",
    "load_mnist",
    "load_wine",
    "load_zoo",
    "make_throws",
    "read_idx",
    "source_numbers",
]
