"""The toy sets, the player, and the digits."""

import sys

import pytest
import torch

import softmax_book as book


def test_the_toy_sets_have_the_sources_shapes_and_dtypes():
    points, rows, exams = book.eight_points(), book.eight_rows(), book.five_exams()
    assert [tuple(x.shape) for x in points] == [(8, 4), (8,)]
    assert [tuple(x.shape) for x in rows] == [(8, 3), (8,), (3, 3), (3,)]
    assert [tuple(x.shape) for x in exams] == [(5, 3), (5, 1)]
    for labels in (points.labels, rows.train_labels, rows.test_labels):
        assert labels.dtype == torch.int64
    for values in (points.inputs, rows.train_inputs, rows.test_inputs, *exams):
        assert values.dtype == torch.float32


def test_the_toy_sets_hold_the_sources_numbers():
    assert book.eight_points().inputs.sum(0).tolist() == [14.0, 27.0, 35.0, 36.0]
    assert book.eight_points().labels.tolist() == [2, 2, 2, 1, 1, 1, 0, 0]
    assert book.eight_rows().train_inputs.sum(0).tolist() == [8.0, 35.0, 35.0]
    assert book.eight_rows().test_inputs.tolist() == [[2.0, 1.0, 1.0], [3.0, 1.0, 2.0], [3.0, 3.0, 4.0]]
    assert book.five_exams().targets.flatten().tolist() == [152.0, 185.0, 180.0, 196.0, 142.0]


def test_the_first_feature_of_the_rows_never_varies_in_training_and_is_never_seen_in_the_test():
    rows = book.eight_rows()
    assert rows.train_inputs[:, 0].unique().tolist() == [1.0]
    assert 1.0 not in rows.test_inputs[:, 0]


@pytest.mark.parametrize("make", [book.eight_points, book.eight_rows, book.five_exams])
def test_writing_into_a_data_set_does_not_change_the_next_one(make):
    original = make()[0].clone()
    make()[0].zero_()
    assert make()[0].equal(original)


def play(n, transition, seed=0, **options):
    return book.make_throws(
        n, torch.tensor(transition), generator=torch.Generator().manual_seed(seed), **options
    )


def test_the_player_throws_as_often_as_the_table_says():
    table = book.softmax(torch.tensor([[1.0, 2, 3], [0, 0, 0], [2, 1, 0]]), dim=1)
    throws = book.make_throws(30_000, table, generator=torch.Generator().manual_seed(0))
    counts = torch.zeros(3, 3).index_put_((throws[:-1], throws[1:]), torch.ones(30_000), accumulate=True)
    shares = counts / counts.sum(1, keepdim=True)
    standard_error = (table * (1 - table) / counts.sum(1, keepdim=True)).sqrt()
    assert ((shares - table).abs() < 4 * standard_error).all()


def test_the_player_follows_a_table_of_certainties():
    cycle = [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    assert play(5, cycle).tolist() == [0, 1, 2, 0, 1, 2]
    assert play(2, cycle, start=2).tolist() == [2, 0, 1]
    assert [book.THROWS[throw] for throw in play(2, cycle)] == ["scissors", "rock", "paper"]


def test_a_throw_of_probability_zero_never_comes():
    assert 2 not in play(20_000, [[0.3, 0.7, 0.0]] * 3)


def test_the_throws_depend_on_the_generator_and_on_nothing_else():
    even = [[1 / 3] * 3] * 3
    assert play(100, even).equal(play(100, even))
    assert not play(100, even).equal(play(100, even, seed=1))
    before = torch.random.get_rng_state()
    throws = play(100, even)
    assert torch.random.get_rng_state().equal(before)
    assert throws.dtype == torch.int64
    assert throws.shape == (101,)
    assert play(0, even).tolist() == [0]


@pytest.mark.parametrize("load", [book.load_digits, book.load_wine])
def test_what_a_caller_changes_in_the_data_is_not_given_to_the_next(load):
    whole = load()
    kept = [part.clone() for part in whole]
    for part in whole:
        part.zero_()
    assert all(torch.equal(again, before) for again, before in zip(load(), kept, strict=True))


def test_the_digits_are_split_by_class_and_scaled_to_one():
    digits = book.load_digits()
    assert [tuple(x.shape) for x in digits] == [(1347, 64), (1347,), (450, 64), (450,)]
    assert digits.train_images.dtype == digits.test_images.dtype == torch.float32
    assert digits.train_labels.dtype == digits.test_labels.dtype == torch.int64
    assert (digits.train_images.min(), digits.train_images.max()) == (0, 1)
    shares = digits.test_labels.bincount() / (digits.test_labels.bincount() + digits.train_labels.bincount())
    assert ((shares - 0.25).abs() < 0.01).all()


def test_the_split_is_the_one_of_scikit_learn_with_the_same_seed():
    from sklearn import datasets
    from sklearn.model_selection import train_test_split

    source = datasets.load_digits()
    expected = train_test_split(
        source.data / 16.0, source.target, test_size=0.25, random_state=3, stratify=source.target
    )
    digits = book.load_digits(seed=3)
    ours = (digits.train_images, digits.test_images, digits.train_labels, digits.test_labels)
    for mine, its in zip(ours, expected, strict=True):
        assert mine.equal(torch.tensor(its, dtype=mine.dtype))
    assert not digits.test_labels.equal(book.load_digits().test_labels)


def test_without_scikit_learn_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "softmax-book\[data\]"'):
        book.load_digits()
