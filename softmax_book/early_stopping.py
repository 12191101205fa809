"""Stop when the validation loss no longer falls, and go back to where it was lowest."""

import copy
import math
from typing import Any

from torch import Tensor, nn

from softmax_book._check_networks import check_restore, check_update
from softmax_book._check_training import check_sizes


class EarlyStopping:
    """The lowest validation loss so far, and the model as it was then.

    After Goodfellow, Bengio and Courville, "Deep Learning", 2016, algorithm 7.1.

    Args:
        patience: how many epochs in a row may pass without a new lowest loss; at least 1.

    Attributes:
        best_loss: the lowest loss, a float in the loss's unit; inf before the first update.
        best_epoch: its epoch, counted from 0, one per update; None before the first update.

    Raises:
        ValueError: patience is not a positive int.

    Example:
        >>> import torch
        >>> from softmax_book import EarlyStopping
        >>> model, stopping = torch.nn.Linear(4, 3), EarlyStopping(patience=2)
        >>> [stopping.update(loss, model) for loss in (0.9, 0.5, 0.6, 0.7)]
        [False, False, False, True]
        >>> stopping.best_epoch, stopping.best_loss
        (1, 0.5)
        >>> stopping.restore(model)
    """

    def __init__(self, patience: int) -> None:
        check_sizes(patience=patience)
        self.patience = patience
        self.best_loss = math.inf
        self.best_epoch: int | None = None
        self._epochs = 0
        self._best_state: dict[str, Any] = {}

    def update(self, loss: float | Tensor, model: nn.Module) -> bool:
        """Take note of one epoch, and tell whether to stop.

        Args:
            loss: the validation loss of this epoch, a number or a tensor of shape ().
            model: the model that has it. If the loss is the lowest, its parameters and its persistent
                buffers are copied, those in its state_dict().

        Returns:
            True if the last ``patience`` epochs brought no new lowest loss. An equal loss is not lower.

        Raises:
            TypeError: loss is not one number, or model not a torch.nn.Module. ValueError: loss is NaN.
        """
        check_update(loss, model)
        epoch, self._epochs = self._epochs, self._epochs + 1
        value = float(loss.item() if isinstance(loss, Tensor) else loss)
        if self.best_epoch is None or value < self.best_loss:
            self.best_loss, self.best_epoch = value, epoch
            self._best_state = copy.deepcopy(model.state_dict())
        return epoch - self.best_epoch >= self.patience

    def restore(self, model: nn.Module) -> None:
        """Give the model, in place, the parameters and persistent buffers of the best epoch.

        An optimizer's momentum is not restored.

        Raises:
            TypeError: model is not a torch.nn.Module. ValueError: there was no update yet.
            RuntimeError: the model has other parameters than the one that was copied (PyTorch's message).
        """
        check_restore(model, self.best_epoch)
        model.load_state_dict(self._best_state)
