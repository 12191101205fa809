"""What a loss adds to keep weights small."""

from collections.abc import Iterable

import torch
from torch import Tensor

from softmax_book._check_networks import check_penalty
from softmax_book._precision import in_working_precision, result_dtype


def l2_penalty(parameters: Tensor | Iterable[Tensor], weight_decay: float) -> Tensor:
    """(λ/2)·Σ w², whose gradient is λw: what ``weight_decay=λ`` adds in ``torch.optim.SGD``.

    The sum is over the square of every entry, not over the norms: the gradient of a norm has length 1,
    however small the weights. Which parameters to penalise is the caller's choice; biases are usually left
    out. (Krogh and Hertz, "A simple weight decay can improve generalization", NIPS 1991.)

    Args:
        parameters: tensors of any shape, floating point; ``model.parameters()``, or a list of some of them.
        weight_decay: λ, 0 or more.

    Returns:
        A tensor of shape () in the parameters' dtype and graph, to add to a loss. Half types are summed in
        float32, and rounded once.

    Raises:
        TypeError: parameters are not floating-point tensors.
        ValueError: there are none, or weight_decay is negative or not finite.

    Example:
        >>> import torch
        >>> from softmax_book import l2_penalty
        >>> w = torch.tensor([3.0, 4.0], requires_grad=True)
        >>> penalty = l2_penalty([w], weight_decay=0.1)
        >>> penalty.backward()
        >>> penalty.item(), w.grad
        (1.25, tensor([0.3000, 0.4000]))
    """
    tensors = check_penalty(parameters, weight_decay)
    working = [in_working_precision(w) for w in tensors]
    # λ before the second w: a penalty that is in range is not lost to a square that is not
    terms = [(weight_decay / 2 * w * w).sum() for w in working]
    return torch.stack(terms).sum().to(result_dtype(*tensors))
