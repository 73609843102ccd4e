"""Zip packages (docx, odt, ofd, archives) and the XML in them, opened so that no file from a stranger can do harm.

Sizes are counted while unpacking, never taken from headers; nothing is written to disk; no entity is ever expanded and
no DTD accepted, so neither XXE nor a "billion laughs" is possible.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Any

from checker.errors import ReadError

MAX_MEMBERS = 10_000
MAX_MEMBER = 100_000_000  # bytes, unpacked
MAX_TOTAL = 200_000_000  # bytes unpacked from one package
FREE, RATIO = 20_000_000, 100  # past FREE bytes a package may unpack to RATIO times its own size
MAX_XML = 40_000_000  # bytes of one XML part
MAX_NODES = 800_000  # tags and attributes of one XML part: what its tree costs in memory and time

DAMAGED = "文件已损坏或不完整，无法打开，请从原文件重新导出。"
ENCRYPTED = "文件有密码保护，请先去掉密码再审查。"
TOO_BIG = "文件解压后过大，不像一份年度报告，请检查是否选错了文件。"
TOO_MUCH = "文件内容过大，不像一份年度报告，请检查是否选错了文件。"
TOO_DEEP = "文件内部嵌套过深，不像正常的文档，无法打开。"
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_CENTRAL = b"PK\x01\x02"  # every entry of a zip's directory begins so
_BLOCK = 1 << 16
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, LookupError)


class Package:
    """A zip package: ``names`` of its members in the order of the package, folders left out, and ``read``."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self._archive = archive
        self._left = limit
        self._members = {_name(info): info for info in archive.infolist() if not info.is_dir()}
        self.names: tuple[str, ...] = tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a member.

        Raises ``ReadError``: not there, encrypted, damaged, or too much unpacked from this package in all.
        """
        info = self._members.get(name)
        if info is None:
            raise ReadError(f"文件已损坏：缺少必需的部分 {name}。")
        if info.flag_bits & 0x1:
            raise ReadError(ENCRYPTED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadError("文件用了少见的压缩方式，无法打开，请重新另存或打包。")
        try:
            return self._unpack(info)
        except (NotImplementedError, RuntimeError):  # encryption of another kind, as zipfile tells it
            raise ReadError(ENCRYPTED) from None
        except _FAULTS:
            raise ReadError(DAMAGED) from None

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        """Block by block, so that a bomb is noticed before it has gone off."""
        blocks: list[bytes] = []
        room = min(MAX_MEMBER, self._left)
        with self._archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                room -= len(block)
                self._left -= len(block)
                if room < 0:
                    raise ReadError(TOO_BIG)
                blocks.append(block)
        return b"".join(blocks)


def open_package(data: bytes) -> Package:
    """The zip package whose bytes these are.  Raises ``ReadError``: damaged, or too many members."""
    if data.count(_CENTRAL) > MAX_MEMBERS:
        raise ReadError(f"压缩文件里的文件过多（上限 {MAX_MEMBERS} 个），请检查是否选错了文件。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_FAULTS, NotImplementedError, RuntimeError):
        raise ReadError(DAMAGED) from None
    return Package(archive, min(MAX_TOTAL, max(FREE, RATIO * len(data))))


def parse_xml(data: bytes) -> Any:
    """The root element (lxml) of an XML part.  Raises ``ReadError``: damaged, with a DTD, nested too deep or too big."""
    from lxml import etree  # with the extra that needs it

    if len(data) > MAX_XML or data.count(b"<") + data.count(b"=") > MAX_NODES:
        raise ReadError(TOO_MUCH)
    if _DOCTYPE.search(data):
        raise ReadError("文件里有外部实体声明（DTD），不是正常的办公文档，为安全起见不予打开。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(TOO_DEEP if "depth" in str(error).lower() else DAMAGED) from None
    if root is None or root.getroottree().docinfo.doctype:  # a DTD in an encoding that the search above cannot see
        raise ReadError(DAMAGED)
    return root


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; one that is not marked as UTF-8 is that of a Chinese Windows (GBK) as often as not."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/")
