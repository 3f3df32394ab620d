"""Numerals as exact decimals: 4.03万, 一百二十三万, 十二点五, 5万4千6百, 二〇一五 → Decimal.

>>> parse("一百二十三万"), parse("4.03万"), parse("一万三")
(Decimal('1230000'), Decimal('40300.00'), Decimal('13000'))

It reads a numeral and nothing else: where numerals stand in a text, and what they count, is found in `figures`.
Simplified numerals are read (the shadow of a text); a string that is no numeral gives None, never a guess.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

from analysis.find.figure_patterns import lazily

DIGITS = {
    digit: value
    for value, digits in enumerate(["零〇○", "一壹幺", "二两贰倆俩", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for digit in digits
}
SMALL = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
LARGE = {"万": 4, "亿": 8, "兆": 12}
TENS = {"廿": 2, "卅": 3, "卌": 4}
# One character for a fraction: top and bottom.
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
SUFFIXES = {"k": 3, "K": 3, "M": 6, "G": 9, "w": 4}

# No quantity of a speech is longer; it keeps every step linear.
LONGEST = 80
# 一億億 is 10^16, the largest number with a use; 一億億億 is a joke or noise.
MOST_REPEATED = 2
EXACT = Context(prec=400, traps=[Inexact, InvalidOperation, Overflow])
_LONG = Context(prec=400)

_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0C: ",", 0xFF0E: ".", 0xFF0D: "-", 0xFF0B: "+"}
_ARABIC = lazily(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_GROUPED_BY_SPACE = lazily(r"\d{1,3}(?: \d{3})+")
_POWER = lazily(r"(\d+(?:\.\d+)?)(?:[eE]([+-]?\d{1,4})|\^([+-]?\d{1,3}))")
_SUFFIXED = lazily(r"((?:\d+)?\.?\d+) ?([kKMGw])")
_PIECE = lazily(r"\d+(?:\.\d+)?|[^\d.]")
_DIGIT_STRING = lazily(f"[{''.join(DIGITS)}0-9]+")


def parse(text: str, *, strict: bool = False) -> Decimal | None:
    """Value of a numeral as an exact Decimal, or None where `text` is not one.

    `strict` refuses digits that are merely strung together (壹壹).
    """
    text = text.translate(_WIDE).strip()
    sign, body = _sign(text)
    if not body or len(body) > LONGEST:
        return None
    value = _unsigned(body, strict)
    return value if value is None or sign > 0 else -value


def plain(value: Decimal) -> str:
    """The decimal as digits: no exponent, no trailing zeros.

    >>> plain(Decimal("4.80")), plain(Decimal("1E+3"))
    ('4.8', '1000')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def times(value: Decimal, factor: Decimal | int) -> Decimal:
    """Exact product."""
    return EXACT.multiply(value, Decimal(factor))


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Numerator over denominator: exact where it ends within twelve places, else to four places or four digits.

    >>> plain(quotient(Decimal(1), Decimal(3))), plain(quotient(Decimal(1), Decimal(8)))
    ('0.3333', '0.125')
    """
    value = _LONG.divide(numerator, denominator)
    rounded = value.quantize(Decimal("1E-12"), context=_LONG)
    if EXACT.multiply(rounded, denominator) == numerator:
        return rounded
    return value.quantize(Decimal("1E-4"), context=_LONG) if abs(value) >= Decimal("0.1") else Context(prec=4).plus(value)


def _sign(text: str) -> tuple[int, str]:
    if text[:1] in "负-−" and text:
        return -1, text[1:].lstrip()
    return 1, text.removeprefix("+")


def _unsigned(text: str, strict: bool) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _GROUPED_BY_SPACE.fullmatch(text):
        return Decimal(text.replace(" ", ""))
    if power := _POWER.fullmatch(text):
        return _power(*power.groups())
    if suffixed := _SUFFIXED.fullmatch(text):
        return EXACT.scaleb(Decimal(suffixed[1]), SUFFIXES[suffixed[2]])
    text = re.sub(r"[ \u3000]|,(?=\d{3})", "", text)
    if text.isascii():
        return None
    return _with_fraction(text, strict) if "点" in text else _whole(text, strict)


def _power(base: str, tens: str | None, exponent: str | None) -> Decimal | None:
    """1e5, 2^-1: exact or nothing."""
    try:
        value = EXACT.scaleb(Decimal(base), int(tens)) if tens else EXACT.power(Decimal(base), int(exponent or 0))
    except (Inexact, InvalidOperation, Overflow):
        return None
    return value if abs(value.adjusted()) <= LONGEST else None


def _with_fraction(text: str, strict: bool) -> Decimal | None:
    """十二点五, 二十点一万."""
    before, _, after = text.partition("点")
    stem = after.rstrip("".join(LARGE))
    scale = sum(LARGE[unit] for unit in after[len(stem) :])
    whole = _whole(before, strict=False)
    if whole is None or not _DIGIT_STRING.fullmatch(stem):
        return None
    return EXACT.scaleb(EXACT.add(whole, Decimal("0." + _as_digits(stem))), scale)


def _whole(text: str, strict: bool) -> Decimal | None:
    if _DIGIT_STRING.fullmatch(text):
        return None if strict and len(text) > 1 else Decimal(_as_digits(text))
    return _large(text)


def _as_digits(text: str) -> str:
    return "".join(str(DIGITS.get(character, character)) for character in text)


def _large(text: str) -> Decimal | None:
    """A numeral cut at its largest unit: what stands before it times the unit, plus what follows."""
    unit = max((character for character in text if character in LARGE), key=LARGE.__getitem__, default="")
    if not unit:
        return _section(text)
    before, _, after = text.rpartition(unit)
    if (unit in before and not before.endswith(unit)) or unit * MOST_REPEATED in before:
        return None
    size = Decimal(10) ** LARGE[unit]
    head, tail = _large(before), _tail(after, size)
    return None if head is None or tail is None else EXACT.add(EXACT.multiply(head, size), tail)


def _tail(text: str, size: Decimal) -> Decimal | None:
    """What follows 万, 亿, 兆: smaller than it; a single digit stands for the next place (三万五 = 35000)."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and (text in DIGITS or text.isdigit()):
        digit = Decimal(DIGITS.get(text, text))
        return EXACT.multiply(digit, size / 10) if digit else None
    value = _large(text.lstrip("零〇")) if text[0] in "零〇" else _large(text)
    return value if value is not None and value < size else None


def _section(text: str) -> Decimal | None:
    """A numeral without 万 and larger: digits with 千, 百, 十 in falling order."""
    total, last, pending, zero = Decimal(0), 4, "", False
    pieces = _PIECE.findall(text)
    if not pieces or "".join(pieces) != text:
        return None
    for place, piece in enumerate(pieces):
        if piece in SMALL:
            power = SMALL[piece]
            bare_ok = power == 1 or place == 0 or (zero and total > 0)
            if power >= last or not (pending or bare_ok):
                return None
            total = EXACT.add(total, EXACT.scaleb(Decimal(pending or 1), power))
            last, pending, zero = power, "", False
        elif piece in TENS:
            if last <= 1 or pending:
                return None
            total, last = total + TENS[piece] * 10, 1
        elif pending:
            return None
        elif piece in DIGITS or piece[0].isdigit():
            number = str(DIGITS.get(piece, piece))
            zero, pending = zero or number == "0", "" if number == "0" else number
        else:
            return None
    return _last_place(total, last, pending, zero)


def _last_place(total: Decimal, last: int, pending: str, zero: bool) -> Decimal | None:
    """The digit at the end: ones, or the next place below the last unit (一百二 = 120)."""
    if not pending:
        return total
    if "." in pending and last != 4:
        return None
    number = Decimal(pending)
    if last < 4 and number >= Decimal(10) ** last:
        return None
    shortened = last in (2, 3) and not zero and len(pending) == 1
    return EXACT.add(total, EXACT.scaleb(number, last - 1) if shortened else number)


NOTATIONS = ("arabic", "grouped", "full-width", "chinese", "financial", "digits")
_ONES, _FINANCIAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def render(number: int, notation: str) -> str:
    """A whole number of at most 10^16 in one of NOTATIONS: the inverse of `parse`.

    >>> [render(12050, notation) for notation in NOTATIONS]
    ['12050', '12,050', '１２０５０', '一万二千零五十', '壹万贰仟零伍拾', '一二零五零']
    """
    if notation in ("chinese", "financial"):
        return _chinese(number, *((_ONES, "十百千") if notation == "chinese" else (_FINANCIAL, "拾佰仟")))
    text = f"{number:,}" if notation == "grouped" else str(number)
    if notation == "full-width":
        return "".join(chr(0xFF10 + int(digit)) for digit in text)
    return "".join(_ONES[int(digit)] for digit in text) if notation == "digits" else text


def _chinese(number: int, ones: str, units: str) -> str:
    """Counted in 亿, 万, 千, 百, 十; a gap in the places is read 零."""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, units[2]), (100, units[1]), (10, units[0])):
        if number >= size:
            rest = number % size
            gap = ones[0] if 0 < rest < size // 10 else ""
            return _chinese(number // size, ones, units) + unit + gap + (_chinese(rest, ones, units) if rest else "")
    return ones[number]
