"""A linear layer whose scores softmax turns into probabilities."""

import torch
from torch import Tensor, nn

from softmax_book._check_training import check_features, check_sizes
from softmax_book.probabilities import softmax


class SoftmaxClassifier(nn.Module):
    """Softmax regression: one score per class, z = Wx + b, whose softmax is P(class | x).

    Args:
        in_features: D, the number of features of one example.
        n_classes: K, the number of classes.

    ``linear`` is an ``nn.Linear(D, K)``: weight (K, D) and bias (K,), drawn from PyTorch's global generator
    in that order, so that ``torch.manual_seed`` reproduces them.

    Raises:
        ValueError: a size is not a positive int, or the examples have another number of features than D.
        TypeError: the examples have another dtype than the weights.

    Example:
        >>> import torch
        >>> from softmax_book import SoftmaxClassifier
        >>> model = SoftmaxClassifier(in_features=64, n_classes=10)
        >>> sum(parameter.numel() for parameter in model.parameters())
        650
        >>> images = torch.zeros(2, 64)
        >>> model(images).shape, model.predict_probs(images).shape, model.predict(images).shape
        (torch.Size([2, 10]), torch.Size([2, 10]), torch.Size([2]))
        >>> model.predict_probs(images).sum(dim=1)
        tensor([1.0000, 1.0000])
    """

    def __init__(self, in_features: int, n_classes: int) -> None:
        check_sizes(in_features=in_features, n_classes=n_classes)
        super().__init__()
        self.linear = nn.Linear(in_features, n_classes)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (logits), (N, K), of the examples x, (N, D); one example (D,) gives (K,)."""
        check_features(x, self.linear.weight)
        scores: Tensor = self.linear(x)
        return scores

    def predict_probs(self, x: Tensor) -> Tensor:
        """P(class | x), (N, K), outside the graph: for a gradient use softmax(model(x), dim=-1)."""
        with torch.no_grad():
            return softmax(self(x), dim=-1)

    def predict(self, x: Tensor) -> Tensor:
        """The class with the largest score, (N,) int64."""
        with torch.no_grad():
            scores: Tensor = self(x)
        return scores.argmax(dim=-1)
