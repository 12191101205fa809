"""Data sets: small ones from the book's source, and scikit-learn's handwritten digits."""

from softmax_book.data.digits import load_digits
from softmax_book.data.toys import THROWS, eight_points, eight_rows, five_exams, make_throws

__all__ = ["THROWS", "eight_points", "eight_rows", "five_exams", "load_digits", "make_throws"]
