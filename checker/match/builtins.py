"""The built-in symbols of the phrase notation: figures, dates, years and titles of papers.

They are found by one linear pass of a single regular expression without nested repetition.
"""

from __future__ import annotations

import re
import unicodedata

from checker.structure.view import HAN

NUMBER, PERCENT, QUANTITY, DATE, YEAR, DOCUMENT = "number", "percent", "quantity", "date", "year", "document"
REPORT_YEAR, NEXT_YEAR, LAST_YEAR = "report-year", "next-year", "last-year"
EARLIER_YEAR, LATER_YEAR, OTHER_YEAR = "earlier-year", "later-year", "other-year"
PLAIN = (NUMBER, PERCENT, QUANTITY, DATE, YEAR, DOCUMENT)
RELATIVE = (REPORT_YEAR, NEXT_YEAR, LAST_YEAR, EARLIER_YEAR, LATER_YEAR, OTHER_YEAR)
TITLES = {
    NUMBER: "数字", PERCENT: "百分比", QUANTITY: "带量词的数量", DATE: "月日", YEAR: "年份", DOCUMENT: "书名号内的文件名",
    REPORT_YEAR: "报告年度", NEXT_YEAR: "报告年度的下一年", LAST_YEAR: "报告年度的上一年", EARLIER_YEAR: "报告年度之前的年份",
    LATER_YEAR: "报告年度之后的年份", OTHER_YEAR: "报告年度以外的年份",
}  # fmt: skip

_DIGITS = "〇零○一二三四五六七八九"
YEAR_FORM = rf"(?:(?:19|20)\d\d|二[〇零○Oo0][{_DIGITS}Oo0]{{2}})"  # in Arabic or Chinese digits, mixed at times
_COUNT = "两二三四五六七八九十百千万亿半"
_MEASURES = "次场件期项个名人份部批家起条轮篇户处宗支台套所座间幅块本册页辆艘组级类种堂课天日夜小时周月余多万亿成倍分度幢栋株亩吨元"
_RARER = "桩回位口只头封笔趟句遍枚片则段门盏集员棵架把"  # with a numeral of more than one character alone: not 四位一体, 两头
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?!(?:19|20)\d\d年|\d{1,2}月)\d+)?"
_PATTERN = re.compile(
    r"(?P<document>《[^《》\n]{1,90}(?:《[^《》\n]{1,60}》[^《》\n]{0,30})?》)"
    rf"|(?P<year>(?<!\d){YEAR_FORM}年(?!以?[来前后]的)"
    r"|(?<=[给望向进接启致赴])20\d\d(?=[\n,。:!]|$)|(?<=\()20\d\d(?=\)(?:\n|$)))"  # 写给2026; 八项约定(2026)
    r"|(?P<date>(?<![\d.·])(?:1[0-2]|[1-9])月(?:(?:[12]\d|3[01]|[1-9])日)?"
    rf"|(?<![第每几个逐按旬{_COUNT}一])(?:十[一二]?|[一二三四五六七八九])月(?:[一二三]?十?[一二三四五六七八九]?日)?(?![份度子饼季历薪]))"
    r"|(?P<percent>\d+(?:\.\d+)?[%‰]|百分之[一二三四五六七八九十百点零两\d.]+)"
    rf"|(?P<quantity>(?<![\d.第·-])(?!0+[^\d.])(?P<figure>{_FIGURE})[余多]?[千百]?[万亿]?[余多]?(?![年月号款届时]){HAN}"
    rf"|(?<![第十百{_COUNT}])(?:(?:[{_COUNT}]|[{_COUNT}一零]{{2,7}})[余多几]?(?!期间)[{_MEASURES}]|[{_COUNT}一零]{{2,7}}[余多几]?[{_RARER}]))"
    rf"|(?P<number>(?<![\d.]){_FIGURE})"
)
_DIGIT_VALUES = str.maketrans({"〇": "0", "零": "0", "○": "0", "O": "0", "o": "0"})


def scan(text: str, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
    """Spans of every built-in symbol in ``text[start:end]``, in order; a percentage and a quantity are numbers too."""
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in PLAIN}
    for match in _PATTERN.finditer(text, start, end):
        name = match.lastgroup or NUMBER
        found[name].append(match.span())
        if name == DOCUMENT:  # a title may hold years: 《……（2021—2025年）》
            found[YEAR] += [
                m.span() for m in _PATTERN.finditer(text, match.start() + 1, match.end()) if m.lastgroup == YEAR
            ]
        elif name in (PERCENT, QUANTITY):
            figure = match["figure"]
            if figure:  # as a phrase has it before a measure of its own: {number}人
                found[NUMBER].append((match.start(), match.start() + len(figure)))
            found[NUMBER].append(match.span())
            if name == PERCENT:
                found[QUANTITY].append(match.span())
    return found


def year_value(text: str) -> int:
    """The value of a year as the scan finds it (``2023年``, ``二〇二三年``)."""
    digits = text.rstrip("年").translate(_DIGIT_VALUES)
    return int("".join(str(int(unicodedata.numeric(character))) for character in digits))


def ends_span(text: str, start: int) -> bool:
    """Whether a year ends a span of years (2021-2025年); a dash behind words sets off what follows (谋划篇--2025年)."""
    first = start
    while first > 0 and text[first - 1] in "-至":
        first -= 1
    return 0 < first < start and (text[first - 1].isdigit() or text[first - 1] == "年")


def relative_years(value: int, report_year: int) -> tuple[str, ...]:
    """The relative symbols a year of this value carries in a report on ``report_year``."""
    if value == report_year:
        return (REPORT_YEAR,)
    if value == report_year + 1:
        return (NEXT_YEAR, LATER_YEAR, OTHER_YEAR)
    if value == report_year - 1:
        return (LAST_YEAR, EARLIER_YEAR, OTHER_YEAR)
    return (EARLIER_YEAR, OTHER_YEAR) if value < report_year else (LATER_YEAR, OTHER_YEAR)
