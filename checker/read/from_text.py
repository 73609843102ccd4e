"""Bytes of a text file to text: UTF-8, UTF-16, GB18030 (with GBK and GB2312), Big5; line ends stay as they are."""

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
_UNREADABLE = "无法识别文字编码（已试 UTF-8、UTF-16、GB18030、Big5），请用记事本或 WPS 另存为 UTF-8 后再试。"
_BINARY = "这是二进制文件，不是文本，无法审查。"
_COMMON = "的在一是和有了法政府工作建设行规制年月、，。"


def decode(data: bytes) -> tuple[str, str]:
    """The text without its BOM, and the encoding's name.

    A byte-order mark decides; then valid UTF-8; then UTF-16, GB18030 and Big5, where the result has the commonest
    characters of written Chinese; then detection by frequency.
    Raises ``ReadError`` for binary, damaged and undecodable bytes.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(data[len(bom) :].decode(encoding)), encoding
            except UnicodeDecodeError:
                raise ReadError(_damage(data[len(bom) :], (encoding,)) or _UNREADABLE) from None
    text = _try(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _checked(text), "utf-8"
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = _try(data, encoding)
        if wide is not None and _is_chinese(wide):
            return _checked(wide), encoding
    if b"\x00" in data:
        raise ReadError(_nul(data, text) or _BINARY)
    for encoding in ("gb18030", "big5", "cp950", "big5hkscs"):
        text = _try(data, encoding)
        if text is not None and _is_chinese(text):
            return _checked(text), encoding
    return _detect(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _nul(data: bytes, text: str | None) -> str | None:
    """What to say of a text with a few zero bytes in it."""
    if text is None or data.count(0) * 100 > len(data) or not _is_chinese(text):
        return None
    return f"第 {data.count(10, 0, data.index(0)) + 1} 行夹有空字节（NUL），文件可能已损坏，请从原文件重新导出。"


def _damage(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """What to say of a text that is plainly in one encoding but for a few broken bytes."""
    for encoding in encodings:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) // 50) and _is_chinese(text.replace("\ufffd", "")):
            line = text.count("\n", 0, text.index("\ufffd")) + 1
            return f"第 {line} 行有损坏的字节（编码是 {encoding.upper()}），请从原文件重新导出。"
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
        raise ReadError(_damage(data, ("utf-8", "gb18030")) or _UNREADABLE)
    return _checked(str(best)), best.encoding


def _checked(text: str) -> str:
    """The text, if it is text: few control characters and replacement marks."""
    sample = text[:200_000]
    control = sum(1 for character in sample if character < " " and character not in "\t\r\n\f\v\x1a")
    if control * 100 > len(sample) or "\x00" in sample:
        raise ReadError(_BINARY)
    if sample.count("\ufffd") * 20 > len(sample) + 20:
        raise ReadError("文字已损坏（多处乱码），请重新从原文件导出。")
    return text
