"""The classifier, fit and accuracy."""

import io
import math
from itertools import chain

import pytest
import torch
from torch import nn

import softmax_book as book

SOURCE_COSTS = [  # the source's first twenty costs, printed by other people's machines
    *(2.203667, 1.199645, 1.142985, 1.117769, 1.100901, 1.089523, 1.079872, 1.071320, 1.063325, 1.055720),
    *(1.048378, 1.041245, 1.034285, 1.027478, 1.020813, 1.014279, 1.007872, 1.001586, 0.995419, 0.989365),
]


def zeros(n_features=4, n_classes=3):
    model = book.SoftmaxClassifier(n_features, n_classes)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    return model


@pytest.fixture
def global_draws():
    """Puts PyTorch's global generator back as it was."""
    with torch.random.fork_rng():
        yield


def test_the_sources_twenty_costs_come_out_again(global_draws):
    torch.manual_seed(1)
    data, model = book.eight_rows(), book.SoftmaxClassifier(3, 3)
    history = book.fit(model, data.train_inputs, data.train_labels, epochs=20, lr=0.1)
    assert history.loss == pytest.approx(SOURCE_COSTS, abs=1e-5)
    assert book.accuracy(model(data.test_inputs), data.test_labels) == 0.0
    assert book.cross_entropy(model(data.test_inputs), data.test_labels).item() == pytest.approx(
        1.425844, abs=1e-5
    )


def test_the_first_loss_is_that_of_the_untrained_model():
    history = book.fit(zeros(), *book.eight_points(), epochs=1)
    assert history == book.History(loss=(pytest.approx(math.log(3)),), updates=1)


def test_fit_is_gradient_descent_on_p_minus_y():
    inputs, labels = book.eight_points()
    model = zeros()
    book.fit(model, inputs, labels, epochs=1, lr=0.5)
    grad = book.cross_entropy_gradient(torch.zeros(8, 3), labels)
    torch.testing.assert_close(model.linear.weight.detach(), -0.5 * grad.T @ inputs)
    torch.testing.assert_close(model.linear.bias.detach(), -0.5 * grad.sum(0))


def test_every_epoch_of_batches_uses_every_example_once():
    seen = []

    class Spy(nn.Module):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(2))

        def forward(self, x):
            seen.append(x[:, 0].tolist())
            return self.bias.expand(len(x), 2)

    inputs, labels = torch.arange(10.0)[:, None], torch.zeros(10, dtype=torch.int64)
    generator = torch.Generator().manual_seed(0)
    history = book.fit(Spy(), inputs, labels, epochs=2, batch_size=4, generator=generator)
    assert [len(batch) for batch in seen] == [4, 4, 2] * 2
    assert history.updates == 6
    epochs = [list(chain(*seen[:3])), list(chain(*seen[3:]))]
    assert all(sorted(epoch) == list(range(10)) for epoch in epochs)
    assert epochs[0] != epochs[1]


def test_the_loss_of_an_epoch_of_batches_is_the_mean_over_examples():
    inputs, labels = torch.eye(3), torch.tensor([0, 1, 2])
    model = nn.Linear(3, 3)
    generator = torch.Generator().manual_seed(0)
    history = book.fit(model, inputs, labels, epochs=1, lr=1e-12, batch_size=2, generator=generator)
    assert history.loss[0] == pytest.approx(book.cross_entropy(model(inputs), labels).item(), rel=1e-5)


def test_the_same_generator_seed_gives_the_same_run_and_another_seed_another():
    def run(seed):
        generator = torch.Generator().manual_seed(seed)
        return book.fit(zeros(), *book.eight_points(), epochs=5, batch_size=3, generator=generator).loss

    assert run(0) == run(0)
    assert run(0) != run(1)


def test_fit_leaves_the_global_random_state_alone():
    model = zeros()
    before = torch.random.get_rng_state()
    generator = torch.Generator().manual_seed(0)
    book.fit(model, *book.eight_points(), epochs=2, batch_size=3, generator=generator)
    assert torch.random.get_rng_state().equal(before)


def test_an_optimizer_of_ones_own_replaces_gradient_descent():
    model = zeros()
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    book.fit(model, *book.eight_points(), epochs=1, optimizer=adam)
    steps = model.linear.weight.detach().abs()
    torch.testing.assert_close(steps, torch.full_like(steps, 0.01), rtol=1e-3, atol=0)


def test_another_loss_fits_a_regression():
    inputs, targets = book.five_exams()
    inputs = (inputs - inputs.mean(0)) / inputs.std(0)
    history = book.fit(nn.Linear(3, 1), inputs, targets, epochs=50, loss=nn.functional.mse_loss)
    assert history.loss[-1] < 0.001 * history.loss[0]


def test_fit_puts_the_model_in_train_mode():
    model = nn.Sequential(nn.Dropout(0.5), zeros()).eval()
    book.fit(model, *book.eight_points(), epochs=1)
    assert model.training


def test_history_cannot_be_rewritten():
    history = book.History(loss=(1.0,), updates=1)
    with pytest.raises(AttributeError):
        history.updates = 2


def test_the_bar_is_silent_where_stderr_is_no_terminal(capfd):
    book.fit(zeros(), *book.eight_points(), epochs=3)
    assert capfd.readouterr() == ("", "")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("progress", [True, False])
def test_the_bar_shows_on_a_terminal_unless_it_is_switched_off(monkeypatch, progress):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    book.fit(zeros(), *book.eight_points(), epochs=3, progress=progress)
    assert ("3/3" in terminal.getvalue()) == progress


def test_a_loss_that_explodes_stops_the_run_and_says_where():
    inputs, targets = book.five_exams()
    with pytest.raises(FloatingPointError, match=r"got inf in epoch \d+, after \d+ updates. Lower lr"):
        book.fit(nn.Linear(3, 1), inputs, targets, epochs=20, loss=nn.functional.mse_loss)


def test_the_gradient_that_reaches_the_weights_is_that_of_the_wrapped_layer(global_draws):
    torch.manual_seed(1)
    linear = nn.Linear(4, 3)
    torch.manual_seed(1)
    model = book.SoftmaxClassifier(4, 3)
    assert model.linear.weight.equal(linear.weight)
    assert model.linear.bias.equal(linear.bias)


def test_predictions_agree_with_scores_and_carry_no_graph():
    inputs, labels = book.eight_points()
    model = book.SoftmaxClassifier(4, 3)
    book.fit(model, inputs, labels, epochs=200, lr=0.05)
    probs = model.predict_probs(inputs)
    assert not probs.requires_grad
    torch.testing.assert_close(probs, model(inputs).softmax(1).detach())
    assert model.predict(inputs).equal(probs.argmax(1))
    assert model.predict(inputs[0]).shape == ()
    assert book.accuracy(probs, labels) == (model.predict(inputs) == labels).sum().item() / 8


def test_accuracy_is_a_fraction_and_the_same_for_logits_and_probabilities():
    z = torch.randn(50, 4, generator=torch.Generator().manual_seed(0))
    labels = torch.arange(50) % 4
    assert book.accuracy(z, labels) == book.accuracy(z.softmax(1), labels) == book.accuracy(z, labels.byte())
    assert book.accuracy(book.one_hot(labels, 4).float(), labels) == 1.0
    assert isinstance(book.accuracy(z, labels), float)
