"""Features brought to a common scale, with the training set's statistics."""

from dataclasses import dataclass
from typing import Self

from torch import Tensor

from softmax_book._check_measures import (
    check_measured,
    check_statistics,
    check_to_measure,
    check_to_standardize,
)


@dataclass(frozen=True, eq=False)
class Standardizer:
    """(x − mean) / std of every feature, with the mean and the standard deviation of the training set.

    Take both from the training set alone, with :meth:`of`, and call the same object on every later set: a
    test set scaled by its own statistics is another problem than the one the model learnt.

    Attributes:
        mean: (D,), floating point, in the unit of each feature.
        std: (D,), positive, in the unit of each feature.

    Raises:
        TypeError: mean or std is not floating point.
        ValueError: they are not both (D,) and finite, or a std is not positive.

    Example:
        >>> from softmax_book import Standardizer, five_exams
        >>> inputs, _ = five_exams()
        >>> standardize = Standardizer.of(inputs)
        >>> standardize
        Standardizer(mean=tensor([84.8000, 84.6000, 85.6000]), std=tensor([11.0544, 12.2393, 12.6214]))
        >>> standardize(inputs)[0]
        tensor([-1.0674, -0.3758, -0.8398])
    """

    mean: Tensor
    std: Tensor

    def __post_init__(self) -> None:
        check_statistics(self.mean, self.std)

    @classmethod
    def of(cls, inputs: Tensor, *, correction: int = 1) -> Self:
        """The standardizer of these examples.

        Args:
            inputs: (N, D), floating point, the training set: a row per example, a column per feature.
            correction: the variance divides by N − correction, as in ``torch.std``: 1 estimates it for the
                population the examples came from, 0 gives that of the examples (as scikit-learn does).

        Raises:
            TypeError: inputs are not floating point.
            ValueError: they are not (N, D) or not finite, correction is negative or N is not above it, or a
                feature is constant, so that its scale is unknown, or so large that its mean or deviation
                overflows the dtype.
        """
        check_to_measure(inputs, correction)
        mean, std = inputs.mean(dim=0), inputs.std(dim=0, correction=correction)
        check_measured(inputs, mean, std)
        return cls(mean, std)

    def __call__(self, inputs: Tensor) -> Tensor:
        """The standardized inputs, without a unit; (…, D) floating point, in and out.

        Raises:
            TypeError: inputs are not floating point. ValueError: their last dimension is not D.
        """
        check_to_standardize(inputs, self.mean)
        return (inputs - self.mean) / self.std
