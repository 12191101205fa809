"""The penalty that is weight decay."""

import pytest
import torch
from torch import nn

from softmax_book import SoftmaxClassifier, eight_points, fit, l2_penalty
from softmax_book.losses import cross_entropy


def train(weight_decay, penalty, momentum=0.0, epochs=200):
    model = SoftmaxClassifier(4, 3).double()
    with torch.no_grad():
        for number, parameter in enumerate(model.parameters(), start=1):
            parameter.copy_(torch.linspace(-1, number, parameter.numel()).reshape(parameter.shape))
    inputs, labels = eight_points()
    fit(
        model,
        inputs.double(),
        labels,
        epochs=epochs,
        loss=lambda z, y: cross_entropy(z, y) + penalty(model),
        optimizer=torch.optim.SGD(model.parameters(), lr=0.05, momentum=momentum, weight_decay=weight_decay),
    )
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_200_steps_with_the_penalty_are_200_steps_with_sgds_weight_decay(momentum):
    decayed = train(0.1, lambda model: 0.0, momentum)
    penalised = train(0.0, lambda model: l2_penalty(model.parameters(), 0.1), momentum)
    torch.testing.assert_close(penalised, decayed, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda model: 2 * l2_penalty(model.parameters(), 0.1),
        lambda model: l2_penalty([model.linear.weight], 0.1),
        lambda model: 0.1 / 2 * sum(w.norm() for w in model.parameters()),
    ],
    ids=["without the half", "without the bias", "norms not squared"],
)
def test_other_penalties_are_not_sgds_weight_decay(wrong):
    assert (train(0.0, wrong, epochs=20) - train(0.1, lambda model: 0.0, epochs=20)).abs().max() > 1e-3


def test_the_gradient_is_weight_decay_times_the_weights_bit_for_bit():
    w = torch.randn(5, 3, generator=torch.Generator().manual_seed(0)).requires_grad_()
    l2_penalty([w], weight_decay=0.1).backward()
    assert w.grad.equal(0.1 * w)


def test_the_penalty_adds_up_over_parameters_of_any_shape_and_dtype():
    parameters = [torch.ones(2, 3), 2 * torch.ones(4), torch.tensor(3.0)]
    assert l2_penalty(parameters, 0.5).item() == 0.25 * (6 + 16 + 9)
    assert l2_penalty(iter(parameters), 0.5).item() == 0.25 * (6 + 16 + 9)
    assert l2_penalty(parameters[0], 1).item() == 3.0
    assert l2_penalty([torch.ones(2, dtype=torch.float64)], 1).dtype == torch.float64
    assert l2_penalty(parameters, 0.5).shape == ()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_types_are_summed_in_float32_and_rounded_once(dtype):
    draw = torch.Generator().manual_seed(0)
    parameters = [torch.randn(300, 300, generator=draw).to(dtype) for _ in range(3)]
    parameters.append(torch.tensor([300.0], dtype=dtype))  # its square is beyond float16
    exact = 0.05 / 2 * sum(w.double().square().sum() for w in parameters)
    penalty = l2_penalty(parameters, 0.05)
    assert penalty.dtype == dtype
    assert (penalty - exact).abs() <= 0.501 * torch.finfo(dtype).eps * exact
    assert l2_penalty(parameters, 0).item() == 0
    alike = torch.full((100, 100), 0.0037).to(dtype)  # rounded in half, all would err to the same side
    exact = 0.05 / 2 * alike.double().square().sum()
    assert (l2_penalty(alike, 0.05) - exact).abs() <= 0.501 * torch.finfo(dtype).eps * exact


def test_lambda_comes_before_the_square_so_that_large_weights_do_not_overflow():
    huge = torch.tensor([1e30, -1e30])
    assert l2_penalty(huge, 0).item() == 0
    assert l2_penalty(huge, 1e-30).item() == pytest.approx(1e30)


def test_parameters_of_several_dtypes_give_the_dtype_of_their_product():
    half, single = torch.ones(2, dtype=torch.float16), torch.ones(2)
    assert l2_penalty([half, single], 1).dtype == torch.float32
    assert l2_penalty([half, half.bfloat16()], 1).dtype == torch.float32


def test_zero_weights_get_a_gradient_of_zero_where_a_norm_written_as_a_root_gives_nan():
    w = torch.zeros(3, requires_grad=True)
    (l2_penalty([w], 0.1) + l2_penalty([w], 0)).backward()
    assert w.grad.tolist() == [0.0, 0.0, 0.0]
    (root,) = torch.autograd.grad(w.square().sum().sqrt(), w)
    assert root.isnan().all()


def test_frozen_parameters_count_but_get_no_gradient():
    layer = nn.Linear(1, 1)
    layer.bias.requires_grad_(False)
    penalty = l2_penalty(layer.parameters(), 2)
    assert penalty.item() == pytest.approx(layer.weight.item() ** 2 + layer.bias.item() ** 2)
    penalty.backward()
    assert layer.bias.grad is None
