"""The library of The Softmax Book: softmax classification from scratch, on PyTorch tensors.

Names load on first use, so that the book's tools can live in this package without importing torch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from softmax_book.calibration import expected_calibration_error as expected_calibration_error
    from softmax_book.classifier import SoftmaxClassifier as SoftmaxClassifier
    from softmax_book.data.digits import load_digits as load_digits
    from softmax_book.data.idx import read_idx as read_idx
    from softmax_book.data.mnist import load_mnist as load_mnist
    from softmax_book.data.source import source_numbers as source_numbers
    from softmax_book.data.toys import THROWS as THROWS
    from softmax_book.data.toys import eight_points as eight_points
    from softmax_book.data.toys import eight_rows as eight_rows
    from softmax_book.data.toys import five_exams as five_exams
    from softmax_book.data.toys import make_throws as make_throws
    from softmax_book.data.wine import WINE_FEATURES as WINE_FEATURES
    from softmax_book.data.wine import load_wine as load_wine
    from softmax_book.data.zoo import ZOO_KINDS as ZOO_KINDS
    from softmax_book.data.zoo import load_zoo as load_zoo
    from softmax_book.early_stopping import EarlyStopping as EarlyStopping
    from softmax_book.intervals import wilson_interval as wilson_interval
    from softmax_book.losses import cross_entropy as cross_entropy
    from softmax_book.losses import cross_entropy_gradient as cross_entropy_gradient
    from softmax_book.losses import nll_loss as nll_loss
    from softmax_book.networks import count_parameters as count_parameters
    from softmax_book.networks import make_cnn as make_cnn
    from softmax_book.networks import make_mlp as make_mlp
    from softmax_book.penalties import l2_penalty as l2_penalty
    from softmax_book.preprocessing import Standardizer as Standardizer
    from softmax_book.probabilities import hardmax as hardmax
    from softmax_book.probabilities import log_softmax as log_softmax
    from softmax_book.probabilities import logsumexp as logsumexp
    from softmax_book.probabilities import one_hot as one_hot
    from softmax_book.probabilities import softmax as softmax
    from softmax_book.stacked import StackedBatchNorm as StackedBatchNorm
    from softmax_book.stacked import StackedLinear as StackedLinear
    from softmax_book.stacked import stacked_accuracy as stacked_accuracy
    from softmax_book.stacked import stacked_cross_entropy as stacked_cross_entropy
    from softmax_book.surprise import cross_entropy_between as cross_entropy_between
    from softmax_book.surprise import entropy as entropy
    from softmax_book.surprise import kl_divergence as kl_divergence
    from softmax_book.training import History as History
    from softmax_book.training import accuracy as accuracy
    from softmax_book.training import fit as fit

# Which module holds which name; a test holds this table and the imports above together.
_NAMES_IN = {
    "probabilities": ("logsumexp", "softmax", "log_softmax", "hardmax", "one_hot"),
    "surprise": ("entropy", "cross_entropy_between", "kl_divergence"),
    "losses": ("nll_loss", "cross_entropy", "cross_entropy_gradient"),
    "classifier": ("SoftmaxClassifier",),
    "training": ("History", "fit", "accuracy"),
    "intervals": ("wilson_interval",),
    "calibration": ("expected_calibration_error",),
    "preprocessing": ("Standardizer",),
    "early_stopping": ("EarlyStopping",),
    "penalties": ("l2_penalty",),
    "stacked": ("StackedLinear", "StackedBatchNorm", "stacked_cross_entropy", "stacked_accuracy"),
    "networks": ("make_mlp", "make_cnn", "count_parameters"),
    "data.toys": ("eight_points", "eight_rows", "five_exams", "THROWS", "make_throws"),
    "data.digits": ("load_digits",),
    "data.wine": ("WINE_FEATURES", "load_wine"),
    "data.zoo": ("ZOO_KINDS", "load_zoo"),
    "data.source": ("source_numbers",),
    "data.idx": ("read_idx",),
    "data.mnist": ("load_mnist",),
}
_HOME = {name: module for module, names in _NAMES_IN.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'softmax_book' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(f"softmax_book.{_HOME[name]}"), name)
    globals()[name] = value  # the next access does not come here
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
