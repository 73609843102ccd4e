"""A font with Chinese characters for pictures, found on this computer: without one there would be boxes for words."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font

from checker.errors import CheckerError

FAMILIES = (  # those that usual systems have, the best for simplified characters first
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "DengXian",
    "Noto Sans CJK JP",  # all that older versions of matplotlib see of the first
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Droid Sans Fallback",
)
_NEEDED = "缺薄达标报告审查结论"
ABSENT = (
    "画图需要一种中文字体，这台电脑上没有找到。请先安装，如在 Debian 或 Ubuntu 上执行 apt-get install fonts-noto-cjk；"
    "也可以改用 .html 或 .xlsx 格式。"
)


@cache
def chinese_font() -> FontProperties:
    """The font.  Raises ``CheckerError`` where there is none: never boxes in place of words."""
    font = _first() or (_first() if _learn_new() else None)
    if font is None:
        raise CheckerError(ABSENT)
    return font


def drawable(text: str, font: FontProperties) -> str:
    """The text with ``?`` for what the font cannot draw."""
    face = get_font(findfont(font))
    return "".join(character if face.get_char_index(ord(character)) else "?" for character in text)


def _first() -> FontProperties | None:
    """The first known family that is here and truly has the characters."""
    here = {entry.name for entry in fontManager.ttflist}
    for family in FAMILIES:
        font = FontProperties(family=family)
        if family in here and drawable(_NEEDED, font) == _NEEDED:
            return font
    return None


def _learn_new() -> bool:
    """Whether fonts were installed since matplotlib last looked, which it remembers; they are made known."""
    known = {entry.fname for entry in fontManager.ttflist}
    new = [path for path in findSystemFonts() if path not in known]
    for path in new:
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError):  # a damaged file, or a kind that matplotlib cannot read
            continue
    return bool(new)
