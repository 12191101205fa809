"""What a numeral is, and when two of them agree: the comparison rule of the book."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

EPS = 2.0**-23
"""Distance from 1 to the next float32."""

NOISE = 16
"""Float32 roundings that separate two honest machines; the largest spread measured was 7.98."""

SMALL = 100
"""A number below SMALL noises has no digit that the rule could hold it to."""

_ROUNDING_SLACK = 1 + 1e-9  # q/2 itself is not exact in binary

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_NOT_IN_A_NAME = r"(?<![A-Za-z0-9_.])"  # ASCII on purpose: in "0.69입니다" the numeral ends at the Hangul
_SIGN = r"(?:(?<![A-Za-z0-9_.)\]}])[-+−])?"
_NOT_CUT_SHORT = r"(?!\d)(?!\.\d)(?!_\d)"  # 2.13.0 is a version, and 06_1 part of a name
_EXPONENT = r"(?:[eE][-+−]?\d+)?"
_POWER = r"(?:\^\{?[-−]?\d+\}?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

PRINTED = re.compile(
    _NOT_IN_A_NAME
    + _SIGN
    + r"(?:\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|(?<!\d)\.\d+)"
    + _NOT_CUT_SHORT
    + _EXPONENT
)
WRITTEN = re.compile(
    _NOT_IN_A_NAME
    + _SIGN
    + r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+)"
    + _NOT_CUT_SHORT
    + _EXPONENT
    + rf"(?:{_POWER}|\s*(?:×|·|\\times|\\cdot)\s*10{_POWER})?"
    + rf"|{_NOT_IN_A_NAME}{_SIGN}\d*[{_FRACTIONS}]"
)
GLUED = re.compile(r"(?<=[A-Za-z])\d+\.\d+(?!\d|\.\d)")
"""A decimal written against a letter, T0.5: no name looks like that."""

_SCIENTIFIC = re.compile(rf"\s*(?:×|·|\\times|\\cdot)\s*10({_POWER})$")
_POWER_TAIL = re.compile(rf"({_POWER})$")


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral in a text: where it stands, what it says, and the weight of its last digit."""

    start: int
    end: int
    text: str
    value: float
    quantum: float
    is_integer: bool


def find_numbers(text: str, pattern: re.Pattern[str] = PRINTED, start: int = 0) -> Iterator[Number]:
    """The numerals of a text, first to last. PRINTED reads program output, WRITTEN reads prose."""
    for match in pattern.finditer(text, start):
        yield parse_number(match.group(), match.start())


def parse_number(text: str, start: int = 0) -> Number:
    """Read one numeral: thousands commas, a true minus sign, exponents, 3.7×10⁻⁸, 10^{-8}, 2⁻²³, 1½."""
    if text[-1] in _FRACTIONS:
        size = int(text.strip("-+−" + _FRACTIONS) or 0) + unicodedata.numeric(text[-1])
        return Number(start, start + len(text), text, -size if text[0] in "-−" else size, 0.0, False)
    mantissa, exponent, base = text, 0, None
    if found := _SCIENTIFIC.search(text):
        mantissa, exponent = text[: found.start()], _power(found[1])
    elif found := _POWER_TAIL.search(text):
        mantissa, base, exponent = text[: found.start()], 10, _power(found[1])
    plain = mantissa.replace(",", "").replace("−", "-")
    if base is not None:
        value = float(plain.strip("-+")) ** exponent * (-1 if plain[0] == "-" else 1)  # −0.9² is −(0.9²)
        return Number(start, start + len(text), text, value, 0.0, False)
    digits, _, e = plain.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    exponent += int(e or 0)
    value = float(f"{digits}e{exponent}")
    is_integer = "." not in digits and not e and exponent == 0
    return Number(start, start + len(text), text, value, 10.0 ** (exponent - decimals), is_integer)


def _power(text: str) -> int:
    return int(text.translate(_SUPERSCRIPTS).strip("^{}").replace("−", "-"))


def noise(x: float, tol: float | None = None) -> float:
    """What float32 cannot hold of x: 16 roundings; a tolerance given by the author replaces it."""
    return tol if tol is not None else NOISE * EPS * max(1.0, abs(x))


def agrees_with_output(
    written: Number, printed: Number, unrounded: float | None, tol: float | None = None
) -> bool:
    """A written number passes if it is the printed one but for noise, or rounds the value that was printed.

    The latter only with as many digits as are printed: 0. is not what a program said that said 0.0900.
    """
    if written.is_integer or printed.is_integer:
        return written.is_integer == printed.is_integer and _integer(written) == _integer(printed)
    n = noise(printed.value, tol) * _ROUNDING_SLACK
    if abs(written.value - printed.value) <= n:
        return True
    if unrounded is None or written.quantum <= n or decimals(written) != decimals(printed):
        return False
    return agrees_with_value(written, unrounded, tol)


def _integer(number: Number) -> int:
    return int(number.text.replace(",", "").replace("−", "-"))


def agrees_with_value(written: Number, value: float, tol: float | None = None) -> bool:
    """A numeral in prose passes if it rounds the value, within noise.

    Integers are exact, and so is 0: nobody means "between minus and plus one half" by it.
    """
    if isinstance(value, int) and written.is_integer:
        return _integer(written) == value
    if not math.isfinite(value):
        return False
    if written.is_integer and written.value == 0:
        return abs(value) <= noise(value, tol)
    allowed = written.quantum / 2 * _ROUNDING_SLACK + noise(value, tol)
    return abs(written.value - value) <= allowed


def rounds(written: Number, value: float) -> bool:
    """Whether a numeral is the value, correctly rounded to the digits it shows."""
    return abs(written.value - value) <= written.quantum / 2 * _ROUNDING_SLACK


def is_unresolved(written: Number, tol: float | None = None) -> bool:
    """Whether noise swamps the number: 3.7e-08 would pass for 9.1e-07.

    A rounded number such as 0.0001 is held by its own last digit and is not unresolved.
    """
    if written.is_integer or written.value == 0:
        return False
    n = noise(written.value, tol)
    return abs(written.value) < SMALL * n and written.quantum <= n


def why_unresolved(written: Number, tol: float | None = None) -> str:
    """What to tell the author of a number that noise, or a tolerance of their own, swamps."""
    if tol is not None and tol >= noise(written.value):
        return f"{written.text} is below {SMALL} tolerances of {tol:g}; give a smaller tolerance"
    return f"{written.text} is below what float32 resolves; state a bound, or give a smaller tolerance"


def significant_digits(number: Number) -> int:
    """Digits written, leading zeros aside; 0.0900 has three."""
    mantissa = re.split(r"[eE×·\\^]", number.text)[0]
    return len(re.sub(r"\D", "", mantissa).lstrip("0"))


def is_padded(number: Number) -> bool:
    """Whether a whole number begins with a zero that counts nothing: 000 is no careless 0."""
    return number.is_integer and re.match(r"[-+−]?0[\d,]", number.text) is not None


def decimals(number: Number) -> int:
    """Digits written after the decimal point."""
    return len(re.split(r"[eE×·\\^]", number.text)[0].partition(".")[2])


def rewrite(written: Number, value: float) -> str:
    """The value in the dress of the numeral it replaces: same decimals, separators, minus sign, notation."""
    head = re.split(r"[eE]|\s*[×·]|\s*\\(?:times|cdot)", written.text)[0]
    places = decimals(written)
    grouping = "," if "," in head else ""
    if written.quantum == 0:
        raise ValueError(
            f"{written.text}, a power or fraction, cannot be rewritten; write the value {value:g} by hand"
        )
    if head == written.text:
        text = f"{value:{grouping}.{places}f}"
        if head.lstrip("+-−").startswith("."):
            text = text.replace("0.", ".", 1)
    else:
        mantissa, _, exponent = f"{value:.{places}e}".partition("e")
        tail = written.text[len(head) :]
        text = mantissa + _with_exponent(tail, int(exponent))
    if parse_number(text).value == 0:
        text = text.removeprefix("-")
    if head.startswith("+") and value >= 0:
        text = "+" + text
    return text.replace("-", "−") if "−" in written.text else text


def _with_exponent(tail: str, exponent: int) -> str:
    """The exponent part `e-08`, `\\times 10^{-8}` or `×10⁻⁸` with another exponent in it."""
    if tail[0] in "eE":
        return f"{tail[0]}{exponent:+03d}"
    power = _POWER_TAIL.search(tail)
    assert power is not None
    if power[1].startswith("^"):
        return tail[: power.start()] + f"^{{{exponent}}}"
    raised = str(exponent).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    return tail[: power.start()] + raised
