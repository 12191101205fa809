"""What every public function checks before it starts: each error says wanted, got, remedy.

PyTorch's own exception types where PyTorch raises IndexError (a dim or a label out of range), otherwise
TypeError for a wrong type or dtype and ValueError for a wrong shape or value.
"""

import math
from typing import Any

import torch
from torch import Tensor

from softmax_book._precision import HALF_TYPES

FLOATING = "a floating-point dtype (float16, bfloat16, float32, float64)"


def name_of(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def shape_of(tensor: Tensor) -> str:
    return str(tuple(tensor.shape))


def is_int(value: Any) -> bool:
    """True and False are ints to Python, but no numbers of anything."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_tensor(name: str, value: Any) -> None:
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} must be a torch.Tensor; got {type(value).__name__}. Pass torch.tensor(...).")


def check_floating(name: str, value: Any) -> None:
    check_tensor(name, value)
    if not value.is_floating_point():
        raise TypeError(
            f"{name} must have {FLOATING}; got {name_of(value.dtype)} of shape {shape_of(value)}. "
            f"Convert it: {name}.float()."
        )


def check_real(name: str, value: Any) -> None:
    check_tensor(name, value)
    if value.is_complex():
        raise TypeError(
            f"{name} must be real; got {name_of(value.dtype)} of shape {shape_of(value)}. Pass {name}.real."
        )


def check_dim(name: str, value: Tensor, dim: Any) -> None:
    if not is_int(dim):
        raise TypeError(f"dim must be an int; got {dim!r}. The last dimension is dim=-1.")
    n_dims = max(value.ndim, 1)  # as in PyTorch, a tensor of shape () has one dimension to name
    if not -n_dims <= dim < n_dims:
        raise IndexError(
            f"dim must be from {-n_dims} to {n_dims - 1} for {name} of shape {shape_of(value)}; got {dim}. "
            "The last dimension is dim=-1."
        )


def check_logsumexp(scores: Any, dim: Any) -> None:
    check_real("input", scores)
    dims = dim if isinstance(dim, tuple | list) else (dim,)
    if not dims:
        raise ValueError(f"dim must name at least one dimension; got {dim}. Pass an int or a tuple of ints.")
    for one in dims:
        check_dim("input", scores, one)
    if len({one % max(scores.ndim, 1) for one in dims}) < len(dims):
        raise ValueError(
            f"dim must name each dimension once; got {dim} for input of shape {shape_of(scores)}. "
            "Drop the repeats."
        )


def check_softmax(scores: Any, dim: Any, temperature: Any, dtype: torch.dtype | None) -> None:
    if dtype is None:
        check_floating("input", scores)
    else:
        check_real("input", scores)
        if not dtype.is_floating_point:
            raise TypeError(f"dtype must be {FLOATING}; got {name_of(dtype)}. Leave it out to keep input's.")
    check_dim("input", scores, dim)
    check_temperature(temperature)


def check_temperature(temperature: Any) -> None:
    if isinstance(temperature, Tensor) and temperature.ndim > 0:
        raise ValueError(
            f"temperature must be one number; got a tensor of shape {shape_of(temperature)}. "
            "Pass temperature.squeeze() if it holds one, or divide the scores yourself."
        )
    if not isinstance(temperature, int | float | Tensor) or not 0 < temperature < math.inf:
        raise ValueError(
            f"temperature must be a positive finite number; got {temperature!r}. "
            "1 changes nothing; for the limit at 0 use hardmax."
        )


def check_hardmax(scores: Any, dim: Any) -> None:
    check_real("input", scores)
    if scores.dtype == torch.bool:
        raise TypeError("input must hold numbers; got bool. Convert it: input.int().")
    check_dim("input", scores, dim)
    if scores.numel() == 0:
        raise ValueError(
            f"input must have a score to choose; got shape {shape_of(scores)}. Select some first."
        )
    if scores.isnan().any():
        raise ValueError("input must be free of NaN, which has no order; got NaN. Find where it arose.")


def check_one_hot(labels: Any, n_classes: Any) -> None:
    check_tensor("tensor", labels)
    if labels.dtype != torch.int64:
        raise TypeError(f"tensor must be int64; got {name_of(labels.dtype)}. Convert it: tensor.long().")
    if not isinstance(n_classes, int) or (n_classes < 1 and n_classes != -1):
        raise ValueError(
            f"num_classes must be positive, or -1 to infer it; got {n_classes!r}. Pass the count."
        )
    if n_classes == -1 and labels.numel() == 0:
        raise ValueError("num_classes cannot be inferred from no labels; got shape (0,). Pass num_classes.")
    check_label_range(labels, n_classes if n_classes > 0 else None)


def check_label_dtype(name: str, labels: Tensor) -> None:
    if labels.dtype not in (torch.int64, torch.uint8):
        raise TypeError(
            f"labels must be int64 or uint8; got {name_of(labels.dtype)} of shape {shape_of(labels)}. "
            f"Convert them: {name}.long()."
        )


def check_label_range(labels: Tensor, n_classes: int | None, ignore_index: int | None = None) -> None:
    LabelRange.apply(labels.long(), n_classes, ignore_index)  # type: ignore[no-untyped-call]


class LabelRange(torch.autograd.Function):
    """The check of the labels' values, as a step of its own: under torch.func.vmap it reads the whole batch.

    Inside vmap a tensor stands for one example whose values cannot be read; the vmap rule is given them all.
    """

    @staticmethod
    def forward(labels: Tensor, n_classes: int | None, ignore_index: int | None) -> None:
        wrong = labels < 0
        if n_classes is not None:
            wrong |= labels >= n_classes
        if ignore_index is not None:
            wrong &= labels != ignore_index
        if wrong.any():
            top = n_classes and n_classes - 1
            wanted = "0 or more" if top is None else f"from 0 to {top} for {n_classes} classes"
            raise IndexError(
                f"labels must be {wanted}; got {int(labels[wrong][0])}. "
                "Labels that count from 1 need labels - 1; others need a larger number of classes."
            )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: None) -> None:
        """There is nothing to keep for a gradient; torch.func asks for the method."""

    @staticmethod
    def vmap(info: Any, in_dims: tuple[int | None, ...], *inputs: Any) -> tuple[None, None]:
        LabelRange.apply(*inputs)  # type: ignore[no-untyped-call]
        return None, None


def check_distribution(name: str, probs: Any, dim: Any) -> None:
    check_floating(name, probs)
    check_dim(name, probs, dim)
    if not (probs >= 0).all():  # NaN fails too
        worst = float(probs[~(probs >= 0)].flatten()[0])
        raise ValueError(
            f"{name} must not be negative or NaN; got {worst:.4g}. "
            "Scores become probabilities by softmax(scores, dim)."
        )
    totals = probs.double().sum(dim)
    tolerance = sum_tolerance(probs, dim)
    off = (totals - 1).abs() > tolerance
    if off.any():
        raise ValueError(
            f"{name} must sum to 1 within {tolerance:.1e} ({name_of(probs.dtype)}) along dim {dim}; "
            f"got {float(totals[off].flatten()[0])} in shape {shape_of(probs)}. "
            f"Check dim, or divide: {name} / {name}.sum({dim}, keepdim=True)."
        )


def sum_tolerance(probs: Tensor, dim: int) -> float:
    """How far rounding may take the sum of probabilities from 1.

    8 units for the rounding of the entries, and √K units of the working precision for the sum of K terms that
    normalised them: a test holds that torch.softmax passes over a vocabulary.
    """
    n_outcomes: int = probs.shape[dim] if probs.ndim else 1
    working = torch.float32 if probs.dtype in HALF_TYPES else probs.dtype
    return 8 * torch.finfo(probs.dtype).eps + math.sqrt(n_outcomes) * torch.finfo(working).eps


def check_distributions(p: Any, q: Any, dim: Any) -> None:
    check_floating("p", p)
    check_floating("q", q)
    try:
        p_wide, q_wide = torch.broadcast_tensors(p, q)
    except RuntimeError:
        raise ValueError(
            f"p and q must have shapes that broadcast; got {shape_of(p)} and {shape_of(q)}. "
            "Give both the same number of outcomes along dim."
        ) from None
    check_distribution("p", p_wide, dim)
    check_distribution("q", q_wide, dim)
