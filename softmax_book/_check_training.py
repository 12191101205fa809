"""What the classifier, fit and accuracy check before they start."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from softmax_book._check import check_floating, check_tensor, is_int, name_of, shape_of
from softmax_book._check_losses import check_labels


def check_sizes(**sizes: Any) -> None:
    for name, size in sizes.items():
        if not is_int(size) or size < 1:
            raise ValueError(f"{name} must be a positive int; got {size!r}. Pass the number, 3 for example.")


def check_features(x: Any, weight: Tensor) -> None:
    check_tensor("x", x)
    if x.ndim == 0 or x.shape[-1] != weight.shape[1]:
        raise ValueError(
            f"x must be (N, {weight.shape[1]}), a row of features per example; got {shape_of(x)}. "
            "Reshape it, or build the classifier with another in_features."
        )
    if x.dtype != weight.dtype:
        raise TypeError(
            f"x must have the weights' dtype, {name_of(weight.dtype)}; got {name_of(x.dtype)}. "
            "Convert one: x.to(model.linear.weight.dtype), or model.to(x.dtype)."
        )


def check_model(model: Any) -> None:
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch.nn.Module; got {type(model).__name__}. Wrap it in one.")


def check_fit(
    model: Any, inputs: Any, labels: Any, epochs: Any, lr: Any, batch_size: Any, generator: Any
) -> None:
    check_model(model)
    check_tensor("inputs", inputs)
    check_tensor("labels", labels)
    check_lengths(inputs, labels)
    check_finite("inputs", inputs)
    check_finite("labels", labels)
    check_sizes(epochs=epochs)
    if not isinstance(lr, int | float) or not 0 < lr < math.inf:
        raise ValueError(f"lr must be a positive finite number; got {lr!r}. 0.1 is a usual start.")
    if batch_size is None:
        return
    check_sizes(batch_size=batch_size)
    if not isinstance(generator, torch.Generator):
        raise TypeError(
            f"batch_size needs generator, a torch.Generator that orders the batches; got {generator!r}. "
            "Pass generator=torch.Generator().manual_seed(0)."
        )


def check_lengths(inputs: Tensor, labels: Tensor) -> None:
    if inputs.ndim == 0 or labels.ndim == 0 or len(inputs) == 0:
        raise ValueError(
            f"inputs and labels must hold at least one example along dim 0; got shapes "
            f"{shape_of(inputs)} and {shape_of(labels)}. Check how the data was selected."
        )
    if len(inputs) != len(labels):
        raise ValueError(
            f"inputs and labels must have the same length; got {len(inputs)} and {len(labels)} "
            f"(shapes {shape_of(inputs)} and {shape_of(labels)}). Give each example one label."
        )


def check_finite(name: str, values: Tensor) -> None:
    finite = values.isfinite()
    if not finite.all():
        row = int((~finite).nonzero()[0, 0])
        raise ValueError(
            f"{name} must be finite; got {int((~finite).sum())} NaN or infinite entries in shape "
            f"{shape_of(values)}, the first in row {row}. Drop or repair those rows."
        )


def check_loss(value: Any, epoch: int, updates: int) -> None:
    check_floating("loss", value)
    if value.ndim > 0:
        raise ValueError(f"loss must return a tensor of shape (); got {shape_of(value)}. Take its mean.")
    if not value.isfinite():
        raise FloatingPointError(
            f"the loss must stay finite; got {value.item()} in epoch {epoch}, after {updates} updates. "
            "Lower lr, or bring the inputs to a common scale."
        )


def check_accuracy(scores: Any, labels: Any, name: str = "scores") -> None:
    check_floating(name, scores)
    if scores.ndim != 2 or scores.numel() == 0:
        raise ValueError(
            f"{name} must be (N, K) with at least one example; got {shape_of(scores)}. "
            f"For one example pass {name}[None, :]."
        )
    check_labels(scores, labels, ignore_index=None, names=(name, "labels"))
    if scores.isnan().any():
        raise ValueError(
            f"{name} must be free of NaN, which has no order; got NaN. Find where it arose first."
        )
