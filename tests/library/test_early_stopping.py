"""Patience, and the way back to the best epoch."""

import math

import pytest
import torch
from torch import nn

from softmax_book import EarlyStopping

MODEL = nn.Linear(2, 2)


def answers(losses, patience):
    stopping = EarlyStopping(patience)
    return [stopping.update(loss, MODEL) for loss in losses], stopping


@pytest.mark.parametrize("patience", [1, 2, 3])
def test_it_stops_after_as_many_epochs_without_a_new_best_as_it_has_patience(patience):
    stops, stopping = answers([0.9, 0.5, 0.6, 0.7, 0.8], patience)
    assert stops.index(True) == 1 + patience
    assert (stopping.best_epoch, stopping.best_loss) == (1, 0.5)


def test_a_new_best_gives_all_patience_back():
    stops, stopping = answers([0.9, 1.0, 0.8, 0.9, 0.7, 0.8, 0.9], patience=2)
    assert stops == [False] * 6 + [True]
    assert stopping.best_epoch == 4


def test_a_loss_below_the_last_but_not_below_the_best_is_no_improvement():
    assert answers([0.5, 0.9, 0.8, 0.7], patience=3)[0] == [False, False, False, True]


def test_an_equal_loss_is_no_improvement():
    stops, stopping = answers([0.5, 0.5, 0.5], patience=2)
    assert stops == [False, False, True]
    assert stopping.best_epoch == 0


def test_before_the_first_update_there_is_no_best():
    stopping = EarlyStopping(patience=1)
    assert (stopping.best_loss, stopping.best_epoch) == (math.inf, None)


def test_even_an_infinite_first_loss_can_be_gone_back_to():
    stops, stopping = answers([math.inf, math.inf], patience=2)
    assert stops == [False, False]
    assert stopping.best_epoch == 0
    stopping.restore(MODEL)


def test_the_loss_may_be_a_tensor_and_is_kept_as_a_number():
    stopping = EarlyStopping(patience=1)
    stopping.update(torch.tensor(0.25, requires_grad=True), MODEL)
    assert stopping.best_loss == 0.25
    assert isinstance(stopping.best_loss, float)


def test_an_integer_tensor_is_kept_as_a_float_too():
    stopping = EarlyStopping(patience=1)
    stopping.update(torch.tensor(2), MODEL)
    assert isinstance(stopping.best_loss, float)


def test_restoring_brings_back_parameters_and_buffers_of_the_best_epoch_in_place():
    model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
    weight, stopping = model[0].weight, EarlyStopping(patience=5)
    x = torch.randn(8, 2, generator=torch.Generator().manual_seed(0))
    for loss in (0.9, 0.5, 0.7):
        model(x)  # moves the running statistics
        with torch.no_grad():
            weight.add_(1)
        stopping.update(loss, model)
        if loss == 0.5:
            best = {name: value.clone() for name, value in model.state_dict().items()}
    assert not model.state_dict()["1.running_mean"].equal(best["1.running_mean"])
    stopping.restore(model)
    assert model[0].weight is weight
    assert all(value.equal(best[name]) for name, value in model.state_dict().items())


def test_training_on_after_restoring_does_not_spoil_the_copy():
    model, stopping = nn.Linear(2, 2), EarlyStopping(patience=1)
    best = model.weight.detach().clone()
    stopping.update(0.5, model)
    for _ in range(2):
        with torch.no_grad():
            model.weight.zero_()
        stopping.restore(model)
        assert model.weight.equal(best)


def test_another_architecture_is_refused_by_pytorch():
    _, stopping = answers([0.5], patience=1)
    with pytest.raises(RuntimeError, match="size mismatch"):
        stopping.restore(nn.Linear(3, 2))
