"""The negative log-likelihood, the cross-entropy loss, and its gradient p − y."""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.forward_ad import unpack_dual

from softmax_book._check_losses import (
    check_cross_entropy,
    check_gradient,
    check_nll_loss,
    class_dim,
    one_label,
)
from softmax_book._precision import in_working_precision, result_dtype
from softmax_book.probabilities import largest, log_softmax, one_hot, softmax


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> Tensor:
    """The negative log-likelihood of the labels, in nats, from log-probabilities.

    Args:
        input: log-probabilities, (N, K), (N, K, d1, …), or (K,) for one example; floating point.
        target: labels 0 … K − 1, int64 or uint8, of input's shape without the class dimension.
        weight: (K,) of input's dtype, how much each class counts. Default: all 1.
        ignore_index: examples with this label count for nothing.
        reduction: "mean", "sum" or "none". The mean is Σ w·loss / Σ w over the labels that count; with none
            of them it is NaN, as in PyTorch.

    Returns:
        A tensor of shape (), or of target's shape for "none", in input's dtype.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape or reduction. IndexError: a label out of range.

    Example:
        >>> import torch
        >>> from softmax_book import nll_loss
        >>> log_probs = torch.tensor([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]).log()
        >>> nll_loss(log_probs, torch.tensor([0, 2]))
        tensor(0.5249)
    """
    target = one_label(input, target)
    check_nll_loss(input, target, weight, ignore_index, reduction)
    log_probs, dim = in_working_precision(input), class_dim(input)
    labels, weights, counts = label_weights(log_probs, target, weight, ignore_index)
    surprise = -log_probs.gather(dim, labels.unsqueeze(dim)).squeeze(dim)
    losses = (weights * surprise).where(counts, 0)
    return reduce_losses(losses, weights, reduction).to(input.dtype)


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """The cross-entropy loss, in nats: the surprise of softmax(input) at the target.

    With labels, the gradient in backward is the closed form p − y, and it can be differentiated again, in
    reverse and in forward mode. ``torch.func.vmap`` may batch the scores and the labels.

    Args:
        input: scores (logits), (N, K), (N, K, d1, …), or (K,) for one example; floating point. Softmax
            happens inside: do not pass probabilities.
        target: labels 0 … K − 1, int64 or uint8, of input's shape without the class dimension ((1,) may
            stand for the label of one example); or probabilities of the classes, floating point, of input's
            shape.
        weight: (K,), how much each class counts. Default: all 1.
        ignore_index: examples with this label count for nothing; for labels only.
        reduction: "mean", "sum" or "none". For labels the mean is Σ w·loss / Σ w over those that count, NaN
            if there is none; for probabilities it divides by the number of examples, whatever the weights.
        label_smoothing: s in [0, 1]: the target becomes (1 − s)·target + s/K.

    Returns:
        A tensor of shape (), or of input's shape without the class dimension for "none". Infinities and NaN
        give what ``torch.nn.functional.cross_entropy`` gives.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape, reduction or smoothing. IndexError: a label out
            of range.

    Example:
        >>> import torch
        >>> from softmax_book import cross_entropy
        >>> scores = torch.tensor([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
        >>> cross_entropy(scores, torch.tensor([2, 0]))
        tensor(1.4076)
        >>> cross_entropy(scores, torch.tensor([2, 0]), reduction="none")
        tensor([0.4076, 2.4076])
    """
    target = one_label(input, target)
    check_cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing)
    dtype = result_dtype(input, target, weight)
    logits = in_working_precision(input, dtype)
    if target.is_floating_point():
        losses = losses_against_probs(logits, target, weight, label_smoothing)
        weights = torch.ones_like(losses)
    else:
        labels, weights, counts = label_weights(logits, target, weight, ignore_index)
        losses = losses_against_labels(logits, labels, weights, weight, label_smoothing).where(counts, 0)
    return reduce_losses(losses, weights, reduction).to(dtype)


def cross_entropy_gradient(input: Tensor, target: Tensor) -> Tensor:
    """The gradient of the mean cross-entropy loss with respect to the scores, in closed form: (p − y) / N.

    p is softmax(input), y the one-hot vector of the label or the target probabilities, N counts the examples.

    Args:
        input: scores, (N, K), (N, K, d1, …), or (K,) for one example; floating point.
        target: labels or probabilities, as for :func:`cross_entropy`; probabilities sum to 1.

    Returns:
        A tensor of input's shape and dtype, in nats per unit of score; over the classes it sums to 0.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape, or probabilities that do not sum to 1.
        IndexError: a label out of range.

    Example:
        >>> import torch
        >>> from softmax_book import cross_entropy_gradient
        >>> cross_entropy_gradient(torch.tensor([1.0, 2.0, 3.0]), torch.tensor(0))
        tensor([-0.9100,  0.2447,  0.6652])
    """
    target = one_label(input, target)
    check_gradient(input, target)
    dim = class_dim(input)
    n_classes = input.shape[dim]
    probs = softmax(in_working_precision(input), dim)
    wanted = target if target.is_floating_point() else one_hot(target.long(), n_classes).movedim(-1, dim)
    n_examples = input.numel() // n_classes
    return ((probs - wanted) / n_examples).to(input.dtype)


class LabelSurprise(torch.autograd.Function):
    """−log softmax(logits) at the label of each example; its gradient is p − y."""

    generate_vmap_rule = True  # torch.func and is_grads_batched may batch scores, labels and gradients

    @staticmethod
    def forward(logits: Tensor, labels: Tensor, dim: int) -> tuple[Tensor, Tensor]:
        shift = largest(logits, dim)
        probs = (logits - shift).exp_()  # in place: one buffer of logits' size is all this needs
        total = probs.sum(dim, keepdim=True)
        probs.div_(total)
        return total.log() - (logits.gather(dim, labels) - shift), probs

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Tensor, Tensor, int], output: tuple[Tensor, Tensor]) -> None:
        logits, labels, ctx.dim = inputs
        saved = logits, labels, output[1]
        ctx.save_for_backward(*saved)
        ctx.save_for_forward(*saved)  # the same: torch.func keeps one list for both
        ctx.mark_non_differentiable(output[1])
        ctx.set_materialize_grads(False)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor | None) -> tuple[Tensor | None, ...]:
        grad = grads[0]  # how much each example's loss counts in the end: 1/N for the mean
        if grad is None:
            return None, None, None
        logits, labels, probs = ctx.saved_tensors
        if torch.is_grad_enabled() or unpack_dual(logits).tangent is not None:
            probs = softmax(logits, ctx.dim)  # p − y will be differentiated: p as a function of the logits
        grad = grad.where(labels >= 0, 0)  # the same values, in memory: forward mode has symbolic zeros
        return (grad * probs).scatter_add_(ctx.dim, labels, -grad), None, None

    @staticmethod
    def jvp(ctx: Any, *tangents: Tensor | None) -> tuple[Tensor | None, None]:
        tangent = tangents[0]  # how the logits move; the surprise moves by (p − y) · tangent
        if tangent is None:
            return None, None
        logits, labels, _ = ctx.saved_tensors
        logits = unpack_dual(logits).primal
        with torch.inference_mode(False):  # turns forward mode, off in here, on again: an outer jvp needs it
            mean_move = (softmax(logits, ctx.dim) * tangent).sum(ctx.dim, keepdim=True)
            return mean_move - tangent.gather(ctx.dim, labels), None


def losses_against_labels(
    logits: Tensor, labels: Tensor, weights: Tensor, class_weight: Tensor | None, smoothing: float
) -> Tensor:
    """The loss of each example, in labels' shape, before the reduction."""
    dim = class_dim(logits)
    surprise, _ = LabelSurprise.apply(logits, labels.unsqueeze(dim), dim)  # type: ignore[no-untyped-call]
    losses: Tensor = weights * surprise.squeeze(dim)
    if smoothing > 0:
        even = torch.full_like(logits, 1 / logits.shape[dim])
        losses = (1 - smoothing) * losses + smoothing * losses_against_probs(logits, even, class_weight, 0)
    return losses


def losses_against_probs(
    logits: Tensor, target: Tensor, class_weight: Tensor | None, smoothing: float
) -> Tensor:
    """The loss of each example, in logits' shape without the class dimension, before the reduction."""
    dim = class_dim(logits)
    if smoothing > 0:
        target = (1 - smoothing) * target + smoothing / logits.shape[dim]
    if class_weight is not None:
        target = target * class_weight.view(-1, *[1] * (logits.ndim - 1 - dim))
    return -(target * log_softmax(logits, dim)).sum(dim)


def label_weights(
    scores: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Labels with the ignored ones set to 0, the weight of each (0 if ignored), and which are not ignored."""
    counts = target.long() != ignore_index
    labels = target.long().where(counts, 0)
    if weight is None:
        return labels, counts.to(scores.dtype), counts
    weights = weight.to(scores.dtype)[labels.unsqueeze(0)].squeeze(0)  # vmap does not index by a single label
    return labels, weights.where(counts, 0), counts


def reduce_losses(losses: Tensor, weights: Tensor, reduction: str) -> Tensor:
    """Losses that already carry their weights, as they are, summed, or as the weighted mean."""
    if reduction == "none":
        return losses
    total = losses.sum()
    return total if reduction == "sum" else total / weights.sum()
