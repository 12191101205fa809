"""The networks of the book: their layers, their counts, their draws."""

from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from softmax_book import StackedBatchNorm, StackedLinear, count_parameters, make_cnn, make_mlp

X = torch.rand(6, 64, generator=torch.Generator().manual_seed(0))


@pytest.fixture(autouse=True)
def global_draws():
    """Networks draw from PyTorch's global generator: puts it back as it was."""
    with torch.random.fork_rng():
        yield


def kinds(model):
    return [type(layer) for layer in model]


def test_a_default_network_is_the_one_a_reader_would_write_with_the_same_draws():
    torch.manual_seed(0)
    ours = make_mlp(64, 10)
    torch.manual_seed(0)
    theirs = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    assert ours(X).equal(theirs(X))


@pytest.mark.parametrize(
    ("n_models", "linear", "norm"),
    [(None, nn.Linear, nn.BatchNorm1d), (3, StackedLinear, StackedBatchNorm)],
    ids=["one model", "three at once"],
)
def test_each_hidden_layer_is_linear_norm_relu_dropout(n_models, linear, norm):
    model = make_mlp(64, 10, hidden=(32, 16), dropout=0.3, batch_norm=True, n_models=n_models)
    block = [linear, norm, nn.ReLU, nn.Dropout]
    assert kinds(model) == [*block, *block, linear]
    assert {layer.p for layer in model if isinstance(layer, nn.Dropout)} == {0.3}
    assert kinds(make_mlp(64, 10, n_models=n_models)) == [linear, nn.ReLU, linear]
    assert kinds(make_mlp(64, 10, hidden=[], n_models=n_models)) == [linear]


@pytest.mark.parametrize("hidden", [(), (7,), (16, 8, 4)])
@pytest.mark.parametrize("batch_norm", [False, True])
def test_counts_are_what_the_formula_says_and_a_stack_has_as_many_times_more(hidden, batch_norm):
    sizes = [64, *hidden, 10]
    expected = sum((a + 1) * b for a, b in pairwise(sizes)) + 2 * sum(hidden) * batch_norm
    options = {"hidden": hidden, "batch_norm": batch_norm}
    assert count_parameters(make_mlp(64, 10, **options)) == expected
    assert count_parameters(make_mlp(64, 10, **options, n_models=5)) == 5 * expected


def test_a_stack_scores_each_example_once_per_model():
    model = make_mlp(64, 10, hidden=(8,), dropout=0.5, batch_norm=True, n_models=5)
    assert model(X).shape == (5, 6, 10)
    assert make_mlp(64, 10, batch_norm=True)(X).shape == (6, 10)
    assert model.eval()(X).equal(model(X))


def test_the_convolutions_read_the_rows_as_images_of_8_by_8():
    model = make_cnn()
    first, second, linear = model[1], model[4], model[8]
    maps = F.max_pool2d(F.conv2d(X.view(6, 1, 8, 8), first.weight, first.bias, padding=1).relu(), 2)
    maps = F.max_pool2d(F.conv2d(maps, second.weight, second.bias, padding=1).relu(), 2)
    assert maps.shape == (6, 32, 2, 2)
    torch.testing.assert_close(model(X), linear(maps.reshape(6, 128)))


@pytest.mark.parametrize("n_classes", [1, 3, 10])
def test_the_convolutional_network_has_the_parameters_its_docstring_counts(n_classes):
    assert count_parameters(make_cnn(n_classes)) == 160 + 4640 + 129 * n_classes
    assert make_cnn(n_classes)(X).shape == (6, n_classes)


def test_a_shared_parameter_counts_once_and_a_buffer_not_at_all():
    layer = nn.Linear(3, 3)
    assert count_parameters(nn.Sequential(layer, layer)) == 12
    assert count_parameters(nn.BatchNorm1d(5)) == 10
    assert count_parameters(nn.ReLU()) == 0
    assert count_parameters(layer.requires_grad_(False)) == 12  # frozen ones too


@pytest.mark.parametrize(
    ("error", "x"),
    [
        (RuntimeError, torch.zeros(5, 63)),
        (RuntimeError, torch.zeros(5, 64).double()),
        (IndexError, torch.zeros(64)),
    ],
)
def test_the_convolutional_network_refuses_other_inputs_as_its_docstring_says(error, x):
    with pytest.raises(error):
        make_cnn()(x)


@pytest.mark.parametrize("x", [torch.zeros(2, 3), torch.zeros(2, 4).double()])
def test_the_perceptron_refuses_other_inputs_as_its_docstring_says(x):
    with pytest.raises(RuntimeError):
        make_mlp(4, 3)(x)


def test_a_single_example_cannot_be_normalised_in_training():
    with pytest.raises(ValueError, match="more than 1 value"):
        make_mlp(4, 3, batch_norm=True)(torch.zeros(1, 4))
