"""The book's networks: a multilayer perceptron for any features, and a small convolutional one for digits."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from torch import nn

from softmax_book._check_networks import check_mlp
from softmax_book._check_training import check_model, check_sizes
from softmax_book.stacked import StackedBatchNorm, StackedLinear

MakeLayer = Callable[..., nn.Module]


def make_mlp(
    in_features: int,
    n_classes: int,
    *,
    hidden: Sequence[int] = (64,),
    dropout: float = 0.0,
    batch_norm: bool = False,
    n_models: int | None = None,
) -> nn.Sequential:
    """A multilayer perceptron: per hidden layer Linear, BatchNorm1d, ReLU, Dropout; then Linear.

    Args:
        in_features: D, the number of features of one example.
        n_classes: K, the number of classes.
        hidden: the number of units of each hidden layer; () gives softmax regression.
        dropout: the probability that a hidden unit is dropped in train() mode, 0 ≤ p < 1 (Srivastava et al.,
            "Dropout", JMLR 2014); 0 leaves the layer out.
        batch_norm: whether hidden scores are normalised before the ReLU.
        n_models: S models at once, made of ``StackedLinear`` and ``StackedBatchNorm``. Default: one model.

    Returns:
        A module from (N, D) to scores (N, K), or (S, N, K) with n_models. It has
        Σ (in + 1)·out parameters over its Linear layers, 4,810 for 64 → 64 → 10, and 2 per normalised unit;
        with n_models, S times as many. They are drawn from PyTorch's global generator, layer by layer.

    Raises:
        TypeError: hidden is not a tuple or list.
        ValueError: a size is not a positive int, dropout is out of range; or, when called in train() mode
            with batch_norm, the module gets a single example (PyTorch's message).
        RuntimeError: when called, the module gets inputs of another shape or dtype (PyTorch's message); with
            n_models, ``StackedLinear`` refuses them, by ValueError and TypeError.

    Example:
        >>> from softmax_book import count_parameters, make_mlp
        >>> make_mlp(64, 10, dropout=0.5)
        Sequential(
          (0): Linear(in_features=64, out_features=64, bias=True)
          (1): ReLU()
          (2): Dropout(p=0.5, inplace=False)
          (3): Linear(in_features=64, out_features=10, bias=True)
        )
        >>> count_parameters(make_mlp(64, 10)), count_parameters(make_mlp(64, 10, n_models=5))
        (4810, 24050)
        >>> count_parameters(make_mlp(64, 10, hidden=())), count_parameters(make_mlp(64, 10, batch_norm=True))
        (650, 4938)
    """
    check_mlp(in_features, n_classes, hidden, dropout, n_models)
    linear: MakeLayer = nn.Linear if n_models is None else partial(StackedLinear, n_models)
    norm: MakeLayer = nn.BatchNorm1d if n_models is None else partial(StackedBatchNorm, n_models)
    layers: list[nn.Module] = []
    for before, after in pairwise((in_features, *hidden)):
        layers.append(linear(before, after))
        layers += [norm(after)] if batch_norm else []
        layers.append(nn.ReLU())
        layers += [nn.Dropout(dropout)] if dropout else []
    return nn.Sequential(*layers, linear((in_features, *hidden)[-1], n_classes))


def make_cnn(n_classes: int = 10) -> nn.Sequential:
    """A convolutional network for images of 8×8 pixels in one channel, given as rows of 64.

    Two convolutions 3×3, of 16 and 32 channels, each followed by ReLU and by a maximum over 2×2; then a
    linear layer on the 32·2·2 = 128 numbers that are left.

    Args:
        n_classes: K, the number of classes.

    Returns:
        A module from (N, 64) float32, pixels row by row, to scores (N, K). It has 160 + 4,640 + 129·K
        parameters, 6,090 for ten classes, drawn from PyTorch's global generator.

    Raises:
        ValueError: n_classes is not a positive int.
        RuntimeError: when called, the module gets inputs of another dtype, or not 64 to a row; IndexError, if
            they are one row without N (both are PyTorch's messages).

    Note:
        Trained in float32 it is another model on another processor, since rounding decides near-ties of ReLU
        and maximum; where numbers are to be repeated, train ``make_cnn().double()``.

    Example:
        >>> import torch
        >>> from softmax_book import count_parameters, make_cnn
        >>> model = make_cnn()
        >>> model(torch.zeros(5, 64)).shape, count_parameters(model)
        (torch.Size([5, 10]), 6090)
    """
    check_sizes(n_classes=n_classes)
    return nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)),
        nn.Conv2d(1, 16, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128, n_classes),
    )


def count_parameters(model: nn.Module) -> int:
    """How many numbers a model has to learn, or has learnt: the entries of all its parameters.

    A shared parameter is counted once; frozen ones, which have requires_grad=False, are counted too.

    Returns:
        An int; buffers, such as the running statistics of batch normalisation, are not in it.

    Raises:
        TypeError: model is not a torch.nn.Module.

    Example:
        >>> from softmax_book import SoftmaxClassifier, count_parameters
        >>> count_parameters(SoftmaxClassifier(in_features=64, n_classes=10))
        650
    """
    check_model(model)
    return sum(parameter.numel() for parameter in model.parameters())
