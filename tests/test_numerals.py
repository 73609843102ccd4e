"""Numbers as automatic numbering writes them."""

from __future__ import annotations

import pytest

from checker.read.numerals import chinese, format_number


@pytest.mark.parametrize(
    ("format", "value", "told"),
    [
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("chineseCounting", 1, "一"),
        ("chineseCountingThousand", 10, "十"),
        ("japaneseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2003, "二千零三"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 3, "叁"),
        ("chineseLegalSimplified", 10, "拾"),
        ("ideographLegalTraditional", 3, "參"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 28, "bb"),
        ("numberInDash", 3, "- 3 -"),
        ("none", 3, ""),
        ("something new", 3, "3"),
        ("chineseCounting", 0, "0"),
        ("chineseCounting", 10000, "10000"),
    ],
)
def test_formats(format: str, value: int, told: str) -> None:
    assert format_number(format, value) == told


def test_chinese_numerals_are_all_different() -> None:
    assert len({chinese(value) for value in range(1, 10_000)}) == 9_999
