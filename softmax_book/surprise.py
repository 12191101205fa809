"""Entropy, cross-entropy and KL divergence of distributions, in nats."""

from torch import Tensor

from softmax_book._check import check_distribution, check_distributions
from softmax_book._precision import in_working_precision, result_dtype


def entropy(probs: Tensor, dim: int = -1) -> Tensor:
    """The mean surprise of a distribution, H(P) = −Σ p log p, in nats, with 0 log 0 = 0.

    Args:
        probs: probabilities of any shape, floating point, that sum to 1 along ``dim``.
        dim: the dimension that holds one distribution.

    Returns:
        A tensor without ``dim``: 0 for a certain outcome, log K for K equally likely ones. An entry that is 0
        gets gradient 0.

    Raises:
        TypeError: probs is not floating point.
        IndexError: dim is out of range.
        ValueError: an entry is negative or NaN, or a row does not sum to 1 within the dtype's precision.

    Example:
        >>> import torch
        >>> from softmax_book import entropy
        >>> entropy(torch.tensor([0.1, 0.2, 0.7]))
        tensor(0.8018)
        >>> entropy(torch.tensor([0.0, 1.0]))
        tensor(0.)
    """
    check_distribution("probs", probs, dim)
    p = in_working_precision(probs)
    log_p = p.where(p > 0, 1).log()  # log 1 = 0 stands in for 0 log 0, in the gradient too
    return (p * -log_p).sum(dim).to(probs.dtype)


def cross_entropy_between(p: Tensor, q: Tensor, dim: int = -1) -> Tensor:
    """The mean surprise of one who believes Q in a world that follows P: H(P, Q) = −Σ p log q, in nats.

    It is not symmetric, and at Q = P it is H(P), not 0.

    Args:
        p: what happens: probabilities that sum to 1 along ``dim``, floating point.
        q: what was believed: the same, of a shape that broadcasts with p's.
        dim: the dimension, of the broadcast shape, that holds one distribution.

    Returns:
        A tensor of the broadcast shape without ``dim``; inf where p > 0 and q = 0, and 0 log 0 = 0.

    Raises:
        TypeError: p or q is not floating point.
        IndexError: dim is out of range.
        ValueError: the shapes do not broadcast, an entry is negative or NaN, or a row does not sum to 1
            within its dtype's precision.

    Example:
        >>> import torch
        >>> from softmax_book import cross_entropy_between
        >>> p, q = torch.tensor([0.1, 0.2, 0.7]), torch.tensor([0.7, 0.2, 0.1])
        >>> cross_entropy_between(p, q)
        tensor(1.9694)
    """
    check_distributions(p, q, dim)
    believed = in_working_precision(q)
    log_q = believed.where((p > 0) | (q > 0), 1).log()
    return (in_working_precision(p) * -log_q).sum(dim).to(result_dtype(p, q))


def kl_divergence(p: Tensor, q: Tensor, dim: int = -1) -> Tensor:
    """The surprise that believing Q adds to the least possible: D(P‖Q) = Σ p log(p/q) = H(P, Q) − H(P), in
    nats.

    Arguments and errors are those of :func:`cross_entropy_between`.

    Returns:
        A tensor of the broadcast shape without ``dim``: 0 where Q = P, otherwise positive up to rounding; inf
        where p > 0 and q = 0.

    Example:
        >>> import torch
        >>> from softmax_book import kl_divergence
        >>> p, q = torch.tensor([0.1, 0.2, 0.7]), torch.tensor([0.7, 0.2, 0.1])
        >>> kl_divergence(p, q)
        tensor(1.1675)
    """
    check_distributions(p, q, dim)
    happens, believed = in_working_precision(p), in_working_precision(q)
    log_p = happens.where(p > 0, 1).log()
    log_q = believed.where((p > 0) | (q > 0), 1).log()
    return (happens * (log_p - log_q)).sum(dim).to(result_dtype(p, q))
