"""What networks, stacked layers, penalties and early stopping check before they start."""

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from softmax_book._check import (
    check_floating,
    check_label_dtype,
    check_label_range,
    check_tensor,
    name_of,
    shape_of,
)
from softmax_book._check_training import check_model, check_sizes


def check_mlp(in_features: Any, n_classes: Any, hidden: Any, dropout: Any, n_models: Any) -> None:
    check_sizes(in_features=in_features, n_classes=n_classes)
    if not isinstance(hidden, tuple | list):
        raise TypeError(
            f"hidden must be a tuple of sizes, one per hidden layer; got {hidden!r}. "
            "One layer of 64 is hidden=(64,), none is hidden=()."
        )
    for layer, size in enumerate(hidden):
        check_sizes(**{f"hidden[{layer}]": size})
    if not isinstance(dropout, int | float) or not 0 <= dropout < 1:
        raise ValueError(
            f"dropout must be a probability below 1; got {dropout!r}. 0 turns it off, 0.5 drops half."
        )
    if n_models is not None:
        check_sizes(n_models=n_models)


def check_stacked_inputs(x: Any, weight: Tensor) -> None:
    check_tensor("x", x)
    n_models, in_features, _ = weight.shape
    shared = x.ndim == 2 and x.shape[1] == in_features
    apart = x.ndim == 3 and x.shape[::2] == (n_models, in_features)
    if not (shared or apart):
        raise ValueError(
            f"x must be (N, {in_features}), or ({n_models}, N, {in_features}) with examples for each model; "
            f"got {shape_of(x)}. Reshape it, or build the layer with other sizes."
        )
    check_dtype(x, weight.dtype)


def check_stacked_features(x: Any, n_models: int, features: int, dtype: torch.dtype, training: bool) -> None:
    check_tensor("x", x)
    if x.ndim != 3 or x.shape[::2] != (n_models, features):
        raise ValueError(
            f"x must be ({n_models}, N, {features}), the features of each model; got {shape_of(x)}. "
            "Pass what a StackedLinear returns, or build the layer with other sizes."
        )
    if training and x.shape[1] < 2:
        raise ValueError(
            f"x must hold at least 2 examples in train() mode, to have a variance; got {shape_of(x)}. "
            "Take larger batches, or call eval() on the model first."
        )
    check_dtype(x, dtype)


def check_dtype(x: Tensor, dtype: torch.dtype) -> None:
    if x.dtype != dtype:
        raise TypeError(
            f"x must have the parameters' dtype, {name_of(dtype)}; got {name_of(x.dtype)} of shape "
            f"{shape_of(x)}. Convert one: x.to(torch.{name_of(dtype)}), or model.to(x.dtype)."
        )


def check_stacked_labels(scores: Any, labels: Any) -> None:
    check_floating("scores", scores)
    if scores.ndim != 3 or scores.numel() == 0:
        raise ValueError(
            f"scores must be (S, N, K) with at least one example; got {shape_of(scores)}. "
            "For one model pass scores[None]."
        )
    check_tensor("labels", labels)
    n_models, n, n_classes = scores.shape
    if labels.shape not in ((n,), (n_models, n)):
        raise ValueError(
            f"labels must have shape ({n},) or ({n_models}, {n}) for scores of shape {shape_of(scores)}; "
            f"got {name_of(labels.dtype)} of shape {shape_of(labels)}. Give each example one label."
        )
    check_label_dtype("labels", labels)
    check_label_range(labels, n_classes)


def check_stacked_accuracy(scores: Any, labels: Any) -> None:
    check_stacked_labels(scores, labels)
    wrong = scores.isnan().flatten(1).any(dim=1)
    if wrong.any():
        raise ValueError(
            f"scores must be free of NaN, which has no order; got NaN from {int(wrong.sum())} of "
            f"{len(wrong)} models, the first is {int(wrong.nonzero()[0, 0])}. Find where it arose first."
        )


def check_penalty(parameters: Any, weight_decay: Any) -> list[Tensor]:
    """The tensors themselves: an iterator can be gone through only once."""
    if isinstance(parameters, nn.Module) or not isinstance(parameters, Iterable):
        raise TypeError(
            f"parameters must be tensors; got {type(parameters).__name__}. Pass model.parameters()."
        )
    tensors = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    if not tensors:
        raise ValueError(
            "parameters must hold at least one tensor; got none. "
            "model.parameters() is empty after one pass: call it again, or pass list(model.parameters())."
        )
    for index, tensor in enumerate(tensors):
        check_floating(f"parameters[{index}]", tensor)
    if not isinstance(weight_decay, int | float) or not 0 <= weight_decay < math.inf:
        raise ValueError(
            f"weight_decay must be a finite number, 0 or more; got {weight_decay!r}. 0 turns it off."
        )
    return tensors


def check_update(loss: Any, model: Any) -> None:
    is_tensor = isinstance(loss, Tensor)
    if not (loss.ndim == 0 and not loss.is_complex() if is_tensor else isinstance(loss, int | float)):
        got = (
            f"a {name_of(loss.dtype)} tensor of shape {shape_of(loss)}" if is_tensor else type(loss).__name__
        )
        raise TypeError(f"loss must be one number; got {got}. Pass its mean over the validation set.")
    if loss != loss:  # NaN, and nothing else, differs from itself
        raise ValueError(
            "loss must be a number that can be compared; got nan. Lower the learning rate, or find the NaN."
        )
    check_model(model)


def check_restore(model: Any, best_epoch: int | None) -> None:
    check_model(model)
    if best_epoch is None:
        raise ValueError(
            "restore needs at least one update(loss, model) before it; got none. Call update every epoch."
        )
