"""The toy sets of the book's source, and a player of rock, paper, scissors."""

from bisect import bisect_right
from typing import NamedTuple

import torch
from torch import Tensor

from softmax_book.data._check import check_throws

THROWS = ("scissors", "rock", "paper")  # label 0, 1, 2: the source's order


class Examples(NamedTuple):
    """Inputs and the labels that belong to them."""

    inputs: Tensor
    labels: Tensor


class Split(NamedTuple):
    """Examples to train on, and others to test on."""

    train_inputs: Tensor
    train_labels: Tensor
    test_inputs: Tensor
    test_labels: Tensor


class Exams(NamedTuple):
    """Marks of earlier exams, and the final mark to predict."""

    inputs: Tensor
    targets: Tensor


def eight_points() -> Examples:
    """Eight points with four features and three classes, the source's first training set.

    Returns:
        inputs, float32 of shape (8, 4), and labels, int64 of shape (8,), each 0, 1 or 2. New tensors every
        time.

    Example:
        >>> from softmax_book import eight_points
        >>> inputs, labels = eight_points()
        >>> inputs[0], labels
        (tensor([1., 2., 1., 1.]), tensor([2, 2, 2, 1, 1, 1, 0, 0]))
    """
    inputs = [
        [1.0, 2.0, 1.0, 1.0],
        [2.0, 1.0, 3.0, 2.0],
        [3.0, 1.0, 3.0, 4.0],
        [4.0, 1.0, 5.0, 5.0],
        [1.0, 7.0, 5.0, 5.0],
        [1.0, 2.0, 5.0, 6.0],
        [1.0, 6.0, 6.0, 6.0],
        [1.0, 7.0, 7.0, 7.0],
    ]
    return Examples(torch.tensor(inputs), torch.tensor([2, 2, 2, 1, 1, 1, 0, 0]))


def eight_rows() -> Split:
    """Eight training rows and three test rows with three features and three classes.

    The source calls both "the same data". The first feature is 1 in every training row and never in the test.

    Returns:
        train_inputs (8, 3) and test_inputs (3, 3), float32; train_labels (8,) and test_labels (3,), int64.

    Example:
        >>> from softmax_book import eight_rows
        >>> data = eight_rows()
        >>> data.train_inputs[:, 0], data.test_inputs[:, 0]
        (tensor([1., 1., 1., 1., 1., 1., 1., 1.]), tensor([2., 3., 3.]))
    """
    train_inputs = [
        [1.0, 2.0, 1.0],
        [1.0, 3.0, 2.0],
        [1.0, 3.0, 4.0],
        [1.0, 5.0, 5.0],
        [1.0, 7.0, 5.0],
        [1.0, 2.0, 5.0],
        [1.0, 6.0, 6.0],
        [1.0, 7.0, 7.0],
    ]
    test_inputs = [[2.0, 1.0, 1.0], [3.0, 1.0, 2.0], [3.0, 3.0, 4.0]]
    return Split(
        torch.tensor(train_inputs),
        torch.tensor([2, 2, 2, 1, 1, 1, 0, 0]),
        torch.tensor(test_inputs),
        torch.tensor([2, 2, 2]),
    )


def five_exams() -> Exams:
    """Three exam marks of five students, and the final mark each of them got: a regression.

    Returns:
        inputs, float32 of shape (5, 3), and targets, float32 of shape (5, 1), in points.

    Example:
        >>> from softmax_book import five_exams
        >>> inputs, targets = five_exams()
        >>> inputs[0], targets[0]
        (tensor([73., 80., 75.]), tensor([152.]))
    """
    inputs = [
        [73.0, 80.0, 75.0],
        [93.0, 88.0, 93.0],
        [89.0, 91.0, 90.0],
        [96.0, 98.0, 100.0],
        [73.0, 66.0, 70.0],
    ]
    return Exams(torch.tensor(inputs), torch.tensor([[152.0], [185.0], [180.0], [196.0], [142.0]]))


def make_throws(n: int, transition: Tensor, *, start: int = 0, generator: torch.Generator) -> Tensor:
    """Throws of a player of rock, paper, scissors who remembers one throw: their own last.

    Args:
        n: how many throws follow the first.
        transition: (3, 3) floating point; row i holds the probabilities of the next throw after throw i. The
            throws are numbered as in ``THROWS``: scissors 0, rock 1, paper 2.
        start: the first throw.
        generator: where the randomness comes from, torch.Generator().manual_seed(7) for example.

    Returns:
        int64 of shape (n + 1,): the first throw and the n that follow.

    Raises:
        TypeError: transition is not floating point, or generator is not a torch.Generator.
        ValueError: n is negative, or transition has another shape or a row that is not a distribution.
        IndexError: start is not 0, 1 or 2.

    Example:
        >>> import torch
        >>> from softmax_book import make_throws
        >>> after = torch.tensor([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.5, 0.0, 0.5]])
        >>> make_throws(8, after, generator=torch.Generator().manual_seed(7))
        tensor([0, 1, 2, 2, 2, 2, 2, 0, 1])
    """
    check_throws(n, transition, start, generator)
    cumulated = transition.double().cumsum(dim=1)
    bounds = (cumulated / cumulated[:, -1:])[:, :-1].tolist()
    throws = [start]
    for u in torch.rand(n, dtype=torch.float64, generator=generator).tolist():
        throws.append(bisect_right(bounds[throws[-1]], u))  # how many bounds lie at or below u
    return torch.tensor(throws)
