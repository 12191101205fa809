"""Scikit-learn's wines: chemical measurements in thirteen units, and the grower."""

from softmax_book.data._scikit_learn import split_in_two
from softmax_book.data.toys import Split

WINE_FEATURES = (
    "alcohol",
    "malic_acid",
    "ash",
    "alcalinity_of_ash",
    "magnesium",
    "total_phenols",
    "flavanoids",
    "nonflavanoid_phenols",
    "proanthocyanins",
    "color_intensity",
    "hue",
    "od280/od315_of_diluted_wines",
    "proline",
)


def load_wine(*, seed: int = 0) -> Split:
    """178 Italian wines of three growers, thirteen measurements each, a quarter of each class for the test.

    They come with scikit-learn ("Wine", M. Forina and others, UCI Machine Learning Repository, 1991); nothing
    is downloaded. The features, named by ``WINE_FEATURES``, are as measured: their units differ, and so do
    their scales, from tenths to more than a thousand.

    Args:
        seed: which of the stratified splits, as scikit-learn's ``train_test_split`` makes them.

    Returns:
        train_inputs (133, 13) and test_inputs (45, 13), float32; train_labels (133,) and test_labels (45,),
        int64, the grower 0, 1 or 2.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
        ValueError: seed is not an int from 0 to 2**32 − 1.

    Example:
        >>> from softmax_book import WINE_FEATURES, load_wine
        >>> wine = load_wine()
        >>> wine.train_inputs.shape, wine.test_labels.bincount()
        (torch.Size([133, 13]), tensor([15, 18, 12]))
        >>> WINE_FEATURES[12], wine.train_inputs[:, 12].max()
        ('proline', tensor(1680.))
    """
    return Split(*split_in_two("load_wine", seed))
