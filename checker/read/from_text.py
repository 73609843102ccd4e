"""Bytes of a text file to text: UTF-8, UTF-16, GB18030 (with GBK and GB2312), Big5; any line ends, kept as they stand."""

from __future__ import annotations

import codecs

from checker.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNREADABLE = "无法识别文字编码（已试 UTF-8、UTF-16、GB18030），请用记事本或 WPS 另存为 UTF-8 后再试。"
_COMMON = "的在一是和有了法政府工作建设行规制年月、，。"


def decode(data: bytes) -> tuple[str, str]:
    """The text without its BOM, and the encoding's name.

    A byte-order mark decides; then valid UTF-8; then UTF-16 by its zero bytes or its common characters; then GB18030,
    unless the result has no common character of written Chinese, where detection by frequency decides.
    Raises ``ReadError`` for binary and undecodable bytes.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(data[len(bom) :].decode(encoding)), encoding
            except UnicodeDecodeError:
                raise ReadError(_UNREADABLE) from None
    try:
        text = data.decode("utf-8")
        if "\x00" not in text:
            return _checked(text), "utf-8"
    except UnicodeDecodeError:
        pass
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if len(data) % 2 == 0 and text is not None and _is_chinese(text):
            return _checked(text), encoding
    if b"\x00" in data:
        raise ReadError("这是二进制文件，不是文本，无法审查。")
    text = _try(data, "gb18030")
    if text is not None and _is_chinese(text):
        return _checked(text), "gb18030"
    return _detect(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    """Whether a decoding looks like written Chinese: its commonest characters are there, oddities are rare."""
    sample = text[:20_000]
    common = sum(map(sample.count, _COMMON))
    odd = sum(1 for c in sample if "\ue000" <= c <= "\uf8ff" or c == "\ufffd" or (c < " " and c not in "\t\r\n\f\v"))
    return common * 50 >= len(sample) and odd * 50 <= len(sample)


def _detect(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # only for what is none of the usual encodings

    best = from_bytes(data, cp_isolation=["big5", "big5hkscs", "gb18030", "hz", "utf_7", "utf_16", "utf_8"]).best()
    if best is None or not _is_chinese(str(best)):
        raise ReadError(_UNREADABLE)
    return _checked(str(best)), best.encoding


def _checked(text: str) -> str:
    """The text, if it is text: few control characters and replacement marks."""
    sample = text[:200_000]
    control = sum(1 for character in sample if character < " " and character not in "\t\r\n\f\v\x1a")
    if control * 100 > len(sample) or "\x00" in sample:
        raise ReadError("这是二进制文件，不是文本，无法审查。")
    if sample.count("\ufffd") * 20 > len(sample) + 20:
        raise ReadError("文字已损坏（多处乱码），请重新从原文件导出。")
    return text
