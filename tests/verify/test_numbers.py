"""The comparison rule: what passes for the same number, and what must not."""

from __future__ import annotations

import math

import pytest

from softmax_book.verify.numbers import (
    EPS,
    WRITTEN,
    agrees_with_output,
    agrees_with_value,
    find_numbers,
    is_unresolved,
    noise,
    parse_number,
    rewrite,
    rounds,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("값은 0.69입니다", ["0.69"]),
        ("1,797 digits, 1 797 not", ["1,797", "1", "797"]),
        ("ends with 12.", ["12"]),
        ("−0.17 and -0.17 and +3", ["−0.17", "-0.17", "+3"]),
        ("x-1, 5–7, 536-549", ["1", "5", "7", "536", "549"]),
        ("torch 2.13.0 runs", []),
        ("fp16, float32, p_2, SoftmaxBackward0", []),
        ("10ms and 3.7x", ["10", "3.7"]),
        ("3.7×10⁻⁸ or 10^{-8} or 2⁻²³", ["3.7×10⁻⁸", "10^{-8}", "2⁻²³"]),
        (r"3.7\times 10^{-8}", [r"3.7\times 10^{-8}"]),
        ("1e-5 and 1.5E+3", ["1e-5", "1.5E+3"]),
        (".0247 is .02", [".0247", ".02"]),
    ],
)
def test_numerals_are_found_in_prose(text: str, expected: list[str]) -> None:
    assert [n.text for n in find_numbers(text, WRITTEN)] == expected


@pytest.mark.parametrize(
    ("text", "value", "quantum"),
    [
        ("1,797", 1797, 1),
        ("0.0900", 0.09, 1e-4),
        ("−0.17", -0.17, 1e-2),
        ("1.2e-3", 1.2e-3, 1e-4),
        ("3.7×10⁻⁸", 3.7e-8, 1e-9),
        ("10^{-8}", 1e-8, 0),
        ("2⁻²³", EPS, 0),
    ],
)
def test_a_numeral_says_its_value_and_the_weight_of_its_last_digit(
    text: str, value: float, quantum: float
) -> None:
    number = parse_number(text)
    assert number.value == pytest.approx(value, rel=1e-12)
    assert number.quantum == pytest.approx(quantum, rel=1e-12)


def output(written: str, printed: str, unrounded: float | None = None, tol: float | None = None) -> bool:
    return agrees_with_output(parse_number(written), parse_number(printed), unrounded, tol)


@pytest.mark.parametrize("digit", [d for d in "0123456789" if d != "7"])
def test_no_other_last_digit_passes_at_four_decimals(digit: str) -> None:
    assert not output(f"0.244{digit}", "0.2447", 0.244728476)


def test_a_rounding_edge_passes_either_way_when_the_unrounded_value_is_known() -> None:
    edge = 0.24465
    assert output("0.2447", "0.2446", edge)
    assert output("0.2446", "0.2447", edge)
    assert not output("0.2447", "0.2446")


def test_float32_noise_passes_and_more_does_not() -> None:
    assert output("0.738749", "0.738750")
    assert not output("0.738749", "0.738752")
    assert output("976950.75", "976950.8125")


def test_integers_are_exact_and_are_not_floats() -> None:
    assert output("1119", "1119")
    assert not output("1118", "1119")
    assert not output("1.", "1")


def test_a_tolerance_replaces_the_noise() -> None:
    assert output("0.25", "0.24", tol=0.02)
    assert not output("0.738749", "0.738750", tol=1e-7)


def test_minus_zero_is_zero() -> None:
    assert output("-0.0000", "0.0000")


@pytest.mark.parametrize(
    ("written", "passes"), [("66.5", True), ("66.4", False), ("67", True), ("66", False)]
)
def test_a_numeral_in_prose_rounds_its_value(written: str, passes: bool) -> None:
    assert agrees_with_value(parse_number(written), 66.52409) is passes


def test_a_count_in_prose_is_exact() -> None:
    assert agrees_with_value(parse_number("1,797"), 1797)
    assert not agrees_with_value(parse_number("1,800"), 1797)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_numeral_equals_nan_or_infinity(value: float) -> None:
    assert not agrees_with_value(parse_number("0.5"), value)


def test_numbers_below_the_noise_are_refused_unless_a_tolerance_resolves_them() -> None:
    assert is_unresolved(parse_number("3.7e-08"))
    assert not is_unresolved(parse_number("3.7e-08"), tol=1e-12)
    assert not is_unresolved(parse_number("0.0001"))
    assert not is_unresolved(parse_number("0.0000"))
    assert not is_unresolved(parse_number("0"))


def test_noise_is_sixteen_roundings_of_float32() -> None:
    assert noise(0.5) == 16 * EPS
    assert noise(-100.0) == 1600 * EPS


def test_rounding_alone_knows_no_noise() -> None:
    assert rounds(parse_number("0.6652"), 0.66524)
    assert not rounds(parse_number("0.6652"), 0.66526)


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("66.4", 66.52, "66.5"),
        ("1,800", 1797, "1,797"),
        ("−0.17", -0.25, "−0.25"),
        ("−0.17", 0.25, "0.25"),
        ("0", -0.0003, "0"),
        (".02", 0.0347, ".03"),
        ("+3.0", 4.0, "+4.0"),
        ("3.7e-08", 9.14e-7, "9.1e-07"),
        ("3.7×10⁻⁸", 9.14e-7, "9.1×10⁻⁷"),
        (r"3.7\times 10^{-8}", 9.14e-7, r"9.1\times 10^{-7}"),
    ],
)
def test_a_numeral_is_rewritten_in_its_own_dress(written: str, value: float, expected: str) -> None:
    assert rewrite(parse_number(written), value) == expected
