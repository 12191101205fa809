"""Gradient descent with a memory of its losses, and accuracy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from tqdm import tqdm

from softmax_book._check_training import check_accuracy, check_fit, check_loss
from softmax_book.losses import cross_entropy


@dataclass(frozen=True)
class History:
    """What :func:`fit` saw.

    Attributes:
        loss: one number per epoch, in the loss's unit (nats for cross-entropy): the mean over the epoch's
            examples, each batch measured before its update. So ``loss[0]`` belongs to the model as it came.
        updates: how many times the parameters were changed.

    Example:
        >>> from softmax_book import History
        >>> history = History(loss=(1.0986, 0.9), updates=2)
        >>> history.loss[-1], history.updates
        (0.9, 2)
    """

    loss: tuple[float, ...]
    updates: int


def fit(
    model: nn.Module,
    inputs: Tensor,
    labels: Tensor,
    *,
    epochs: int,
    lr: float = 0.1,
    loss: Callable[[Tensor, Tensor], Tensor] = cross_entropy,
    optimizer: torch.optim.Optimizer | None = None,
    batch_size: int | None = None,
    generator: torch.Generator | None = None,
    progress: bool = True,
) -> History:
    """Train the model in place by gradient descent, and return the losses on the way.

    Args:
        model: any module; it is put into train() mode and stays there.
        inputs: (N, …), what the model takes, N examples along the first dimension.
        labels: (N, …), what the loss compares the model's output with.
        epochs: how many times every example is used.
        lr: the learning rate of plain gradient descent; unused when an optimizer is given.
        loss: loss(model(inputs), labels), a tensor of shape () that is a mean over examples.
        optimizer: a torch optimizer over model.parameters(). Default: ``torch.optim.SGD`` with lr.
        batch_size: examples per update, drawn anew in every epoch; default all N, in their order.
        generator: the source of the batches' order; required with batch_size.
        progress: whether to show a bar on stderr; there is none where stderr is not a terminal.

    Returns:
        The loss of every epoch before its updates, and the number of updates.

    Raises:
        TypeError: inputs or labels are not tensors, or batch_size comes without a generator.
        ValueError: no examples, NaN or infinities among them, unequal lengths, or a setting out of its range.
        FloatingPointError: the loss is no longer finite. The parameters stay as they were before that update.

    Example:
        >>> import torch
        >>> from softmax_book import SoftmaxClassifier, eight_rows, fit
        >>> _ = torch.manual_seed(1)
        >>> data, model = eight_rows(), SoftmaxClassifier(3, 3)
        >>> history = fit(model, data.train_inputs, data.train_labels, epochs=3, lr=0.1)
        >>> torch.tensor(history.loss)
        tensor([2.2037, 1.1996, 1.1430])
    """
    check_fit(model, inputs, labels, epochs, lr, batch_size, generator)
    optimizer = optimizer or torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    losses, updates = [], 0
    for epoch in tqdm(range(epochs), unit="epoch", disable=None if progress else True):
        total = 0.0
        for x, y in batches(inputs, labels, batch_size, generator):
            value = loss(model(x), y)
            check_loss(value, epoch, updates)
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            total, updates = total + value.item() * len(x), updates + 1
        losses.append(total / len(inputs))
    return History(tuple(losses), updates)


def batches(
    inputs: Tensor, labels: Tensor, batch_size: int | None, generator: torch.Generator | None
) -> Iterator[tuple[Tensor, Tensor]]:
    """The examples of one epoch: all at once, or in a new random order, batch by batch."""
    if batch_size is None:
        yield inputs, labels
        return
    order = torch.randperm(len(inputs), generator=generator)
    for part in torch.split(order, batch_size):
        yield inputs[part], labels[part]


def accuracy(scores: Tensor, labels: Tensor) -> float:
    """The fraction of examples whose largest score is at the label, from 0 to 1.

    Args:
        scores: (N, K), logits or probabilities, floating point; a tie goes to the first class.
        labels: (N,), 0 … K − 1, int64 or uint8.

    Raises:
        TypeError: a wrong dtype. ValueError: a wrong shape, no examples, or NaN scores.
        IndexError: a label out of range.

    Example:
        >>> import torch
        >>> from softmax_book import accuracy
        >>> probs = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]])
        >>> accuracy(probs, labels=torch.tensor([1, 0, 1, 0]))
        0.75
    """
    check_accuracy(scores, labels)
    right = scores.argmax(dim=1) == labels
    return int(right.sum()) / len(labels)
