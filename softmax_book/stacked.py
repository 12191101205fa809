"""Many small models of one shape, trained at once: the models are a dimension of the tensors.

S models, N examples, D features, H hidden units, K classes. A loop over S models pays Python's and PyTorch's
price per call S times; a stack pays it once, which is most of the time where models and batches are small.
"""

import math

import torch
from torch import Tensor, nn

from softmax_book._check_networks import (
    check_stacked_accuracy,
    check_stacked_features,
    check_stacked_inputs,
    check_stacked_labels,
)
from softmax_book._check_training import check_sizes
from softmax_book.losses import cross_entropy


class StackedLinear(nn.Module):
    """S linear layers side by side: layer s gives z = xW + b with its own W and b.

    ``weight`` is (S, D, K) and ``bias`` (S, 1, K), uniform on ±1/√D as in ``nn.Linear``, drawn from PyTorch's
    global generator in that order. ``weight[s].T`` is what an ``nn.Linear(D, K)`` calls its weight.

    Args:
        n_models: S, the number of layers.
        in_features: D, the number of features of one example.
        out_features: K, the number of scores of one example.

    Raises:
        ValueError: a size is not a positive int, or the inputs have another shape.
        TypeError: the inputs have another dtype than the weights.

    Example:
        >>> import torch
        >>> from softmax_book import StackedLinear
        >>> model = torch.nn.Sequential(StackedLinear(20, 4, 8), torch.nn.ReLU(), StackedLinear(20, 8, 3))
        >>> model[0]
        StackedLinear(n_models=20, in_features=4, out_features=8)
        >>> model(torch.zeros(100, 4)).shape
        torch.Size([20, 100, 3])
    """

    def __init__(self, n_models: int, in_features: int, out_features: int) -> None:
        check_sizes(n_models=n_models, in_features=in_features, out_features=out_features)
        super().__init__()
        bound = 1 / math.sqrt(in_features)
        self.weight = nn.Parameter(torch.empty(n_models, in_features, out_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(n_models, 1, out_features).uniform_(-bound, bound))

    def forward(self, x: Tensor) -> Tensor:
        """Scores (S, N, K) of x: (N, D), the same examples for all, or (S, N, D), each model its own."""
        check_stacked_inputs(x, self.weight)
        axes = "nd,sdk->snk" if x.ndim == 2 else "snd,sdk->snk"
        return torch.einsum(axes, x, self.weight) + self.bias

    def extra_repr(self) -> str:
        n_models, in_features, out_features = self.weight.shape
        return f"n_models={n_models}, in_features={in_features}, out_features={out_features}"


class StackedBatchNorm(nn.Module):
    """S batch normalisations side by side: each model's features are normalised over its own N examples.

    ``norm`` is one ``nn.BatchNorm1d(S·H)`` (Ioffe and Szegedy, "Batch normalization", ICML 2015): feature h
    of model s is its feature s·H + h.

    Args:
        n_models: S, the number of models.
        features: H, the number of features of one example.

    Raises:
        ValueError: a size is not a positive int, the inputs are not (S, N, H), or N < 2 in train() mode.
        TypeError: the inputs have another dtype than the parameters.

    Example:
        >>> import torch
        >>> from softmax_book import StackedBatchNorm
        >>> norm = StackedBatchNorm(n_models=2, features=3)
        >>> z = norm(torch.randn(2, 50, 3))
        >>> z.shape, bool((z.mean(dim=1).abs() < 1e-5).all())
        (torch.Size([2, 50, 3]), True)
    """

    def __init__(self, n_models: int, features: int) -> None:
        check_sizes(n_models=n_models, features=features)
        super().__init__()
        self.n_models, self.features = n_models, features
        self.norm = nn.BatchNorm1d(n_models * features)

    def forward(self, x: Tensor) -> Tensor:
        """(S, N, H) in and out; normalised by this batch in train(), by the running statistics in eval()."""
        check_stacked_features(x, self.n_models, self.features, self.norm.weight.dtype, self.training)
        rows = x.movedim(0, 1).flatten(start_dim=1)  # (N, S·H)
        normalised: Tensor = self.norm(rows)
        return normalised.reshape(-1, self.n_models, self.features).movedim(1, 0)


def stacked_cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    """The cross-entropy loss of each of S models, in nats, a mean over examples.

    The gradient of the sum, ``stacked_cross_entropy(scores, labels).sum().backward()``, is for each model
    that of its own loss, so any optimizer that treats entries apart (SGD, Adam, AdamW) trains each model as
    if it were alone, with the same learning rate.

    Args:
        scores: (S, N, K), logits, floating point.
        labels: (N,), the same for all models, or (S, N); 0 … K − 1, int64 or uint8.

    Returns:
        (S,), in the scores' dtype.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape, or no examples. IndexError: a label out of range.

    Example:
        >>> import torch
        >>> from softmax_book import stacked_cross_entropy
        >>> scores = torch.tensor([[[0.0, 0.0, 0.0]], [[1.0, 2.0, 3.0]]])
        >>> stacked_cross_entropy(scores, torch.tensor([2]))
        tensor([1.0986, 0.4076])
    """
    check_stacked_labels(scores, labels)
    n_models, n, _ = scores.shape
    losses = cross_entropy(scores.flatten(0, 1), labels.expand(n_models, n).flatten(), reduction="none")
    return losses.reshape(n_models, n).mean(dim=1)


def stacked_accuracy(scores: Tensor, labels: Tensor) -> Tensor:
    """The fraction of examples whose largest score is at the label, for each of S models.

    Args:
        scores: (S, N, K), logits or probabilities, floating point; a tie goes to the first class.
        labels: (N,), the same for all models, or (S, N); 0 … K − 1, int64 or uint8.

    Returns:
        (S,), float32, from 0 to 1.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape, no examples, or NaN scores.
        IndexError: a label out of range.

    Example:
        >>> import torch
        >>> from softmax_book import stacked_accuracy
        >>> scores = torch.tensor([[[0.1, 0.9], [0.8, 0.2]], [[0.7, 0.3], [0.6, 0.4]]])
        >>> stacked_accuracy(scores, torch.tensor([1, 0]))
        tensor([1.0000, 0.5000])
    """
    check_stacked_accuracy(scores, labels)
    return (scores.argmax(dim=-1) == labels).float().mean(dim=1)
