"""The animals of the zoo, as the book hands them out."""

import torch
import torch.nn.functional as F

from softmax_book import ZOO_KINDS, load_zoo


def test_the_kinds_are_as_frequent_as_the_repository_says():
    inputs, labels = load_zoo()
    assert inputs.shape == (101, 16)
    assert (inputs.dtype, labels.dtype) == (torch.float32, torch.int64)
    assert labels.bincount().tolist() == [41, 20, 5, 13, 4, 8, 10]
    assert len(ZOO_KINDS) == 7


def test_every_trait_is_yes_or_no_but_the_legs():
    inputs, _ = load_zoo()
    legs = inputs[:, 12]
    assert sorted(set(legs.tolist())) == [0, 2, 4, 5, 6, 8]
    others = torch.cat([inputs[:, :12], inputs[:, 13:]], dim=1)
    assert set(others.flatten().tolist()) == {0, 1}


def test_animals_are_what_everybody_knows():
    inputs, labels = load_zoo()
    feathers, milk = inputs[:, 1], inputs[:, 3]
    assert torch.equal(feathers == 1, labels == ZOO_KINDS.index("bird"))
    assert torch.equal(milk == 1, labels == ZOO_KINDS.index("mammal"))


def test_the_course_behind_the_source_saw_the_same_rows():
    """Costs that its notebook lab-06_2 prints for zero weights and one bias: epochs 0, 100 and 1000."""
    inputs, labels = load_zoo()
    weights = torch.zeros(16, 7, requires_grad=True)
    printed = {0: 1.945909, 100: 0.471836, 1000: 0.113422}
    for epoch in range(1001):
        loss = F.cross_entropy(inputs @ weights, labels)
        if epoch in printed:
            assert abs(loss.item() - printed[epoch]) < 2e-6
        (gradient,) = torch.autograd.grad(loss, weights)
        weights = (weights - 0.1 * gradient).detach().requires_grad_()
