"""Many models at once are the same as one after the other."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import softmax_book as book
from softmax_book import StackedBatchNorm, StackedLinear, stacked_accuracy, stacked_cross_entropy

S, N, D, K = 4, 30, 5, 3


@pytest.fixture(autouse=True)
def global_draws():
    """Layers draw from PyTorch's global generator: seeds it, and puts it back as it was."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        yield


def draw(*shape, seed=0):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def labels_for(*shape, seed=1):
    return torch.randint(K, shape, generator=torch.Generator().manual_seed(seed))


def linear_of(stacked, s):
    """Layer s of a StackedLinear, as an nn.Linear of its own."""
    alone = nn.Linear(*stacked.weight.shape[1:])
    with torch.no_grad():
        alone.weight.copy_(stacked.weight[s].T)
        alone.bias.copy_(stacked.bias[s, 0])
    return alone


def of_model(x, s, ndim):
    """What model s sees: all, or its own part of what has a dimension for the models."""
    return x[s] if x.ndim == ndim + 1 else x


@pytest.mark.parametrize("x", [draw(N, D), draw(S, N, D), draw(S, 0, D), draw(D, D)], ids=lambda x: x.shape)
def test_each_layer_computes_what_an_nn_linear_of_its_weights_does(x):
    stacked = StackedLinear(S, D, K)
    scores = stacked(x)
    assert scores.shape == (S, x.shape[-2], K)
    for s in range(S):
        torch.testing.assert_close(scores[s], linear_of(stacked, s)(of_model(x, s, 2)))


@pytest.mark.parametrize("x", [draw(N, D), draw(S, N, D)], ids=["shared inputs", "own inputs"])
@pytest.mark.parametrize("labels", [labels_for(N), labels_for(S, N)], ids=["shared labels", "own labels"])
@pytest.mark.parametrize(
    ("optimizer", "options"),
    [(torch.optim.SGD, {"lr": 0.5, "momentum": 0.5, "weight_decay": 0.1}), (torch.optim.Adam, {"lr": 0.05})],
)
def test_training_at_once_is_training_one_after_the_other(x, labels, optimizer, options):
    def train(model, loss):
        steps = optimizer(model.parameters(), **options)
        for _ in range(30):
            steps.zero_grad()
            loss(model).backward()
            steps.step()

    stacked = StackedLinear(S, D, K)
    alone = [linear_of(stacked, s) for s in range(S)]
    train(stacked, lambda model: stacked_cross_entropy(model(x), labels).sum())
    for s, model in enumerate(alone):
        xs, ys = of_model(x, s, 2), of_model(labels, s, 1)
        train(model, lambda model, xs=xs, ys=ys: F.cross_entropy(model(xs), ys))
        torch.testing.assert_close(stacked.weight[s].T, model.weight, rtol=0, atol=1e-6)
        torch.testing.assert_close(stacked.bias[s, 0], model.bias, rtol=0, atol=1e-6)


def test_fit_trains_a_stack_and_remembers_the_sum_of_its_losses():
    inputs, labels = book.eight_points()
    stacked = StackedLinear(S, 4, 3)
    alone = [linear_of(stacked, s) for s in range(S)]
    history = book.fit(
        stacked, inputs, labels, epochs=20, lr=0.05, loss=lambda z, y: stacked_cross_entropy(z, y).sum()
    )
    losses = [book.fit(model, inputs, labels, epochs=20, lr=0.05).loss for model in alone]
    assert history.loss == pytest.approx([sum(epoch) for epoch in zip(*losses, strict=True)], abs=1e-5)


@pytest.mark.parametrize("in_features", [1, 16, 400])
def test_weights_and_biases_are_drawn_as_nn_linear_draws_them(in_features):
    stacked, bound = StackedLinear(50, in_features, 40), 1 / math.sqrt(in_features)
    theirs = nn.Linear(in_features, 2000)
    for mine, its in ((stacked.weight, theirs.weight), (stacked.bias, theirs.bias)):
        assert mine.abs().max() <= bound
        assert its.abs().max() <= bound
        assert mine.std().item() == pytest.approx(bound / math.sqrt(3), rel=0.06)
        assert mine.mean().abs() < 0.06 * bound
    assert not stacked.weight[0].equal(stacked.weight[1])


def test_the_seed_reproduces_a_stack():
    torch.manual_seed(5)
    first = StackedLinear(S, D, K)
    torch.manual_seed(5)
    second = StackedLinear(S, D, K)
    assert first.weight.equal(second.weight)
    assert first.bias.equal(second.bias)


@pytest.mark.parametrize("labels", [labels_for(N), labels_for(S, N), labels_for(N).byte()])
def test_losses_and_accuracies_are_those_of_each_model(labels):
    scores = draw(S, N, K)
    losses, accuracies = stacked_cross_entropy(scores, labels), stacked_accuracy(scores, labels)
    assert losses.shape == accuracies.shape == (S,)
    for s in range(S):
        own = of_model(labels, s, 1)
        torch.testing.assert_close(losses[s], F.cross_entropy(scores[s], own.long()))
        assert accuracies[s].item() == pytest.approx(book.accuracy(scores[s], own))


def test_with_as_many_examples_as_models_labels_of_one_dimension_belong_to_the_examples():
    scores, labels = draw(S, S, K), labels_for(S)
    expected = F.cross_entropy(scores[1], labels)
    torch.testing.assert_close(stacked_cross_entropy(scores, labels)[1], expected)


def test_the_loss_of_one_model_sends_no_gradient_to_another():
    scores = draw(S, N, K).requires_grad_()
    stacked_cross_entropy(scores, labels_for(N))[2].backward()
    assert [bool(part.any()) for part in scores.grad] == [False, False, True, False]


def test_losses_keep_the_dtype_of_the_scores():
    assert stacked_cross_entropy(draw(S, N, K).double(), labels_for(N)).dtype == torch.float64
    assert stacked_accuracy(draw(S, N, K).double(), labels_for(N)).dtype == torch.float32


def test_a_stack_of_batch_norms_is_as_many_batch_norms_in_train_and_in_eval():
    stacked, alone = StackedBatchNorm(S, D), [nn.BatchNorm1d(D) for _ in range(S)]
    with torch.no_grad():
        stacked.norm.weight.copy_(draw(S * D, seed=2))
        stacked.norm.bias.copy_(draw(S * D, seed=3))
        for s, norm in enumerate(alone):
            norm.weight.copy_(stacked.norm.weight.view(S, D)[s])
            norm.bias.copy_(stacked.norm.bias.view(S, D)[s])
    for batch in range(3):
        x = 1 + 3 * draw(S, N, D, seed=batch)
        torch.testing.assert_close(
            stacked(x), torch.stack([norm(xs) for norm, xs in zip(alone, x, strict=True)])
        )
    stacked.eval()
    expected = torch.stack([norm.eval()(xs) for norm, xs in zip(alone, x, strict=True)])
    torch.testing.assert_close(stacked(x), expected)
    torch.testing.assert_close(stacked(x[:, :1]), expected[:, :1])


def test_batch_norm_does_not_mix_the_models():
    x = draw(S, N, D)
    changed = x.clone()
    changed[1] += 5 * draw(N, D, seed=4)
    norm = StackedBatchNorm(S, D)
    same = [bool(a.equal(b)) for a, b in zip(norm(x), norm(changed), strict=True)]
    assert same == [True, False, True, True]


def test_layers_compose_and_dropout_drops_other_units_for_each_model():
    dropout = nn.Dropout(0.5)
    model = nn.Sequential(StackedLinear(S, D, 20), nn.ReLU(), dropout, StackedLinear(S, 20, K))
    assert model(draw(N, D)).shape == (S, N, K)
    dropped = dropout(torch.ones(S, N, 20)) == 0
    assert not dropped[0].equal(dropped[1])
