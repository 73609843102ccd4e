"""Numbers as automatic numbering writes them: 一、十二、壹、甲、①, Roman, letters."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# The names of OOXML's number formats (ST_NumberFormat); formats of other files are mapped to them.
_POSITIONAL = frozenset(["ideographDigital", "taiwaneseDigital", "koreanDigital2", "japaneseDigitalTenThousand"])
_COUNTING = _POSITIONAL | {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
}  # fmt: skip


def format_number(format: str, value: int) -> str:
    """A number in one of OOXML's formats; decimal where the format is unknown or has no form for the number."""
    if format == "none":
        return ""
    if value <= 0 or value > 9999:
        return str(value)
    if format in _COUNTING:
        return _positional(value) if format in _POSITIONAL and value > 9 else chinese(value)
    return _special(format, value) or str(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """1 to 9999 in Chinese numerals: 十二, 一百零三."""
    places = str(value)
    told = ""
    for index, digit in enumerate(places):
        unit = len(places) - index - 1
        if digit != "0":
            told += digits[int(digit)] + (units[unit - 1] if unit else "")
        elif told and not told.endswith(digits[0]):
            told += digits[0]
    told = told.rstrip(digits[0])
    return told[1:] if digits == _DIGITS and 10 <= value < 20 else told


def _positional(value: int) -> str:
    return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(value))


def _special(format: str, value: int) -> str | None:
    """The formats that are no Chinese counting; ``None`` for plain decimal."""
    match format:
        case "decimalZero":
            return f"{value:02}"
        case "upperRoman":
            return _roman(value)
        case "lowerRoman":
            return _roman(value).lower()
        case "upperLetter":
            return _letters(value)
        case "lowerLetter":
            return _letters(value).lower()
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _circled(value)
        case "decimalEnclosedParen":
            return chr(0x2474 + value - 1) if value <= 20 else f"({value})"
        case "decimalEnclosedFullstop":
            return chr(0x2488 + value - 1) if value <= 20 else f"{value}."
        case "ideographEnclosedCircle":
            return chr(0x3280 + value - 1) if value <= 10 else None
        case "ideographTraditional":
            return _STEMS[value - 1] if value <= len(_STEMS) else None
        case "ideographZodiac":
            return _BRANCHES[value - 1] if value <= len(_BRANCHES) else None
        case "chineseLegalSimplified":
            return chinese(value, _FORMAL, "拾佰仟").removeprefix("壹" if 10 <= value < 20 else "\0")
        case "ideographLegalTraditional" | "japaneseLegal":
            return chinese(value, _FORMAL_TRADITIONAL, "拾佰仟").removeprefix("壹" if 10 <= value < 20 else "\0")
        case "numberInDash":
            return f"- {value} -"
    return None


def _roman(value: int) -> str:
    told = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        told += letters * count
    return told


def _letters(value: int) -> str:
    """A to Z, then AA, BB, as word processors count."""
    repeat, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * min(repeat + 1, 20)


def _circled(value: int) -> str | None:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(code + value - first)
    return None
