"""From scores to probabilities: log-sum-exp, softmax, log-softmax, hardmax, one-hot."""

import torch
from torch import Tensor

from softmax_book._check import check_hardmax, check_logsumexp, check_one_hot, check_softmax
from softmax_book._precision import in_working_precision


def largest(scores: Tensor, dim: int | tuple[int, ...] | list[int]) -> Tensor:
    """The largest score along ``dim``, which is kept with size 1; a constant, no part of any gradient."""
    if scores.numel() == 0:
        return scores.sum(dim, keepdim=True)  # amax refuses to search an empty dimension
    return scores.detach().amax(dim, keepdim=True)


def logsumexp(input: Tensor, dim: int | tuple[int, ...] | list[int], keepdim: bool = False) -> Tensor:
    """The logarithm of the sum of exponentials, log Σ exp(z), without overflow.

    The largest score m comes out of the sum first: log Σ exp(z) = m + log Σ exp(z − m), so that no
    exponential exceeds 1.

    Args:
        input: scores of any shape; float16 and bfloat16 are summed in float32, integers in the default dtype.
        dim: the dimension, or a tuple or list of dimensions, to sum over.
        keepdim: whether those dimensions stay, with size 1.

    Returns:
        A tensor of input's dtype without ``dim``. Infinities and NaN give what ``torch.logsumexp`` gives: a
        row of −inf, or an empty one, gives −inf.

    Raises:
        TypeError: input is not a real tensor, or dim is not an int or a tuple or list of ints.
        IndexError: a dim is out of range.
        ValueError: dim is empty or names a dimension twice.

    Example:
        >>> import torch
        >>> from softmax_book import logsumexp
        >>> logsumexp(torch.tensor([1.0, 2.0, 3.0]), dim=0)
        tensor(3.4076)
        >>> logsumexp(torch.tensor([1001.0, 1002.0, 1003.0]), dim=0)
        tensor(1003.4076)
    """
    check_logsumexp(input, dim)
    scores = in_working_precision(input)
    scores = scores if scores.is_floating_point() else scores.to(torch.get_default_dtype())
    shift = largest(scores, dim)
    shift = shift.where(shift.isfinite(), 0)  # inf − inf would be nan
    result = (scores - shift).exp().sum(dim, keepdim=True).log() + shift
    result = result if keepdim else result.squeeze(dim)
    return result.to(input.dtype) if input.is_floating_point() else result


def softmax(
    input: Tensor, dim: int, *, temperature: float | Tensor = 1.0, dtype: torch.dtype | None = None
) -> Tensor:
    """Probabilities proportional to exp(z / T), along one dimension.

    Args:
        input: scores (logits) of any shape, floating point.
        dim: the dimension along which the probabilities sum to 1. There is no default: the wrong one fails
            silently.
        temperature: T > 0, a number or a tensor of shape () which may require a gradient. Above 1 it evens
            the probabilities out, below 1 it sharpens them.
        dtype: what input is cast to first, and the result's dtype. Default: input's.

    Returns:
        A tensor of input's shape, each entry in [0, 1]. As with ``torch.softmax`` a row that holds NaN or
        +inf, or nothing but −inf, is NaN; a single −inf has probability 0.

    Raises:
        TypeError: input, or dtype, is not floating point.
        IndexError: dim is out of range.
        ValueError: temperature is not a positive finite number.

    Example:
        >>> import torch
        >>> from softmax_book import softmax
        >>> softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
        tensor([0.0900, 0.2447, 0.6652])
        >>> softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0, temperature=2.0)
        tensor([0.1863, 0.3072, 0.5065])
    """
    check_softmax(input, dim, temperature, dtype)
    scores = in_working_precision(input, dtype)
    weights = ((scores - largest(scores, dim)) / temperature).exp()
    probs = weights / weights.sum(dim, keepdim=True)
    return probs.to(dtype or input.dtype)


def log_softmax(
    input: Tensor, dim: int, *, temperature: float | Tensor = 1.0, dtype: torch.dtype | None = None
) -> Tensor:
    """The logarithm of :func:`softmax`, finite where the softmax itself has become 0.

    Arguments, errors and the treatment of infinities and NaN are those of :func:`softmax`; a single −inf has
    log-probability −inf.

    Returns:
        A tensor of input's shape: log-probabilities in nats, each at most 0.

    Example:
        >>> import torch
        >>> from softmax_book import log_softmax
        >>> log_softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
        tensor([-2.4076, -1.4076, -0.4076])
        >>> log_softmax(torch.tensor([0.0, 200.0]), dim=0)
        tensor([-200.,    0.])
    """
    check_softmax(input, dim, temperature, dtype)
    scores = in_working_precision(input, dtype)
    scores = (scores - largest(scores, dim)) / temperature  # exact; z − logsumexp(z) loses digits for large z
    log_probs = scores - logsumexp(scores, dim, keepdim=True)
    return log_probs.to(dtype or input.dtype)


def hardmax(input: Tensor, dim: int) -> Tensor:
    """1 at the largest score along ``dim``, 0 elsewhere: the one-hot vector of the argmax.

    It is the limit of softmax as the temperature goes to 0, except that a tie goes to the first. It is
    constant wherever it has a derivative, so no gradient passes through it.

    Args:
        input: scores of any shape and any real dtype, without NaN.
        dim: the dimension to search.

    Returns:
        A tensor of input's shape and dtype.

    Raises:
        TypeError: input is not a real tensor.
        IndexError: dim is out of range.
        ValueError: input has a NaN, or no entry along dim.

    Example:
        >>> import torch
        >>> from softmax_book import hardmax
        >>> hardmax(torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 5.0]]), dim=1)
        tensor([[1., 0., 0.],
                [0., 1., 0.]])
    """
    check_hardmax(input, dim)
    winner = input.detach().argmax(dim, keepdim=True)
    return torch.zeros_like(input).scatter_(dim, winner, 1)


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Each label as a vector with a 1 at its place and 0 elsewhere.

    Args:
        tensor: labels 0 … num_classes − 1 of any shape, int64.
        num_classes: length of the vectors; −1 means the largest label plus 1.

    Returns:
        An int64 tensor with one more dimension, the last, of size num_classes.

    Raises:
        TypeError: tensor is not int64.
        IndexError: a label is negative, or num_classes or more.
        ValueError: num_classes is not positive, or is −1 and there are no labels.

    Example:
        >>> import torch
        >>> from softmax_book import one_hot
        >>> one_hot(torch.tensor([0, 2, 1]), num_classes=5)
        tensor([[1, 0, 0, 0, 0],
                [0, 0, 1, 0, 0],
                [0, 1, 0, 0, 0]])
    """
    check_one_hot(tensor, num_classes)
    n_classes = int(tensor.max()) + 1 if num_classes == -1 else num_classes
    zeros = tensor.new_zeros(*tensor.shape, n_classes)
    return zeros.scatter_(-1, tensor.unsqueeze(-1), 1)
