"""What the losses check before they start: shapes, dtypes and labels, in PyTorch's conventions."""

from typing import Any

import torch
from torch import Tensor

from softmax_book._check import (
    check_distribution,
    check_floating,
    check_label_dtype,
    check_label_range,
    check_tensor,
    name_of,
    shape_of,
)


def class_dim(scores: Tensor) -> int:
    """The dimension that holds the classes: 1, or 0 for a single example of shape (K,)."""
    return 0 if scores.ndim == 1 else 1


def one_label(scores: Any, target: Any) -> Any:
    """PyTorch also takes (1,) for the label of a single example of shape (K,): the same as ()."""
    both = isinstance(scores, Tensor) and isinstance(target, Tensor)
    single = both and scores.ndim == 1 and target.shape == (1,) and not target.is_floating_point()
    return target.squeeze(0) if single else target


def check_nll_loss(scores: Any, target: Any, weight: Any, ignore_index: Any, reduction: Any) -> None:
    check_class_scores(scores)
    check_ignore_index(ignore_index)
    check_labels(scores, target, ignore_index)
    check_weight(scores, weight)
    if weight is not None and weight.dtype != scores.dtype:
        raise TypeError(
            f"weight must have input's dtype, {name_of(scores.dtype)}; got {name_of(weight.dtype)}. "
            "Convert it: weight.to(input.dtype)."
        )
    check_reduction(reduction)


def check_cross_entropy(
    scores: Any, target: Any, weight: Any, ignore_index: Any, reduction: Any, label_smoothing: Any
) -> None:
    if not isinstance(label_smoothing, int | float) or not 0 <= label_smoothing <= 1:
        raise ValueError(
            f"label_smoothing must be a number from 0 to 1; got {label_smoothing!r}. 0 turns it off."
        )
    check_tensor("target", target)
    if not target.is_floating_point():
        check_nll_loss(scores, target, weight, ignore_index, reduction)
        return
    check_class_scores(scores)
    check_target_probs(scores, target)
    check_weight(scores, weight)
    check_reduction(reduction)
    check_ignore_index(ignore_index)
    if ignore_index >= 0:
        raise ValueError(
            f"ignore_index works on labels only; got {ignore_index} with target probabilities. "
            "Leave it out, and drop those examples or give them a row of zeros."
        )


def check_gradient(scores: Any, target: Any) -> None:
    check_class_scores(scores)
    check_tensor("target", target)
    if target.is_floating_point():
        check_target_probs(scores, target)
        check_distribution("target", target, class_dim(scores))
    else:
        check_labels(scores, target, ignore_index=None)


def check_class_scores(scores: Any) -> None:
    check_floating("input", scores)
    if scores.ndim == 0 or scores.shape[class_dim(scores)] == 0:
        raise ValueError(
            f"input must be (N, K), (N, K, d1, ...) or (K,) with K at least 1; got {shape_of(scores)}. "
            "Give each example one score per class."
        )


def check_target_probs(scores: Tensor, target: Tensor) -> None:
    if target.shape != scores.shape:
        raise ValueError(
            f"target probabilities must have input's shape {shape_of(scores)}; "
            f"got {name_of(target.dtype)} of shape {shape_of(target)}. For labels pass target.long()."
        )


def check_labels(
    scores: Tensor, target: Any, ignore_index: int | None, names: tuple[str, str] = ("input", "target")
) -> None:
    scores_name, target_name = names
    check_tensor(target_name, target)
    dim = class_dim(scores)
    wanted = scores.shape[:dim] + scores.shape[dim + 1 :]
    if target.shape != wanted:
        raise ValueError(
            f"labels must have shape {tuple(wanted)} for {scores_name} of shape {shape_of(scores)} "
            f"(classes in dim {dim}); got {name_of(target.dtype)} of shape {shape_of(target)}. "
            + shape_remedy(scores, target, wanted, names)
        )
    check_label_dtype(target_name, target)
    check_label_range(target, scores.shape[dim], ignore_index)


def shape_remedy(scores: Tensor, target: Tensor, wanted: torch.Size, names: tuple[str, str]) -> str:
    """What the usual causes of a wrong label shape need."""
    scores_name, target_name = names
    if target.shape == scores.shape:
        one_hot = f"One-hot rows become labels by {target_name}.argmax({class_dim(scores)})"
        return f"{one_hot}; cross_entropy also takes them as probabilities, {target_name}.float()."
    if scores.ndim > 2 and target.shape == scores.shape[:-1]:
        return f"If the classes come last, pass {scores_name}.movedim(-1, 1)."
    if target.numel() == wanted.numel():
        return f"Pass {target_name}.reshape{tuple(wanted)}." if wanted else f"Pass {target_name}.squeeze()."
    return "Give each example one label."


def check_weight(scores: Tensor, weight: Any) -> None:
    if weight is None:
        return
    check_floating("weight", weight)
    n_classes = scores.shape[class_dim(scores)]
    if weight.shape != (n_classes,):
        raise ValueError(
            f"weight must be ({n_classes},), one number per class; got {shape_of(weight)}. "
            "Weights of single examples go with reduction='none'."
        )


def check_ignore_index(ignore_index: Any) -> None:
    if not isinstance(ignore_index, int):
        raise TypeError(
            f"ignore_index must be an int, the label to leave out; got {ignore_index!r}. "
            "Leave the argument out to count every label from 0 on."
        )


def check_reduction(reduction: Any) -> None:
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"reduction must be 'mean', 'sum' or 'none'; got {reduction!r}. Pass one of these.")
