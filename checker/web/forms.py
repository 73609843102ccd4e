"""What a request brings: form fields and files held in memory, options checked, archives unpacked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from checker.errors import ReadError
from checker.gather import AUTO
from checker.models.rule import Body
from checker.read.archive import folders_inside
from checker.render.width import clean
from checker.web.limits import MEGABYTE, Limits
from checker.web.problems import RequestError
from checker.web.work import Draft, Options
from checker.words import BODIES

YEARS = range(1949, 2101)
PASTED = "粘贴的文字"
_NAME, _FOLDERS = 120, 4
_OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")  # a zip with one of these is a document, not an archive
_LITTER = ("__MACOSX/", "Thumbs.db", "desktop.ini")


@dataclass
class Form:
    """A form's fields and files, by name, in the order they came."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, Draft]] = field(default_factory=list)

    def drafts(self, name: str) -> list[Draft]:
        """The files of one field that are not empty choices."""
        return [draft for field, draft in self.files if field == name and (draft.data or draft.name)]


class _InMemory(MultiPartParser):
    """No part is ever written to disk: what a request may send at all is bounded."""

    spool_max_size = sys.maxsize


def media_type(request: Request) -> str:
    """The request's content type without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_form(request: Request, limits: Limits) -> Form:
    """A multipart form.  Raises ``RequestError`` 400, 408, 413, 415."""
    if media_type(request) != "multipart/form-data":
        raise RequestError(415, "请用表单（multipart/form-data）提交。")
    parser = _InMemory(
        request.headers, request.stream(), max_files=limits.files, max_fields=50, max_part_size=limits.body
    )
    try:
        parsed = await parser.parse()
    except MultiPartException as error:
        if "Too many" in error.message:
            raise RequestError(413, f"一次最多提交 {limits.files} 份文件，请分几次提交。") from None
        raise RequestError(400, "提交的表单不完整，请重新提交。") from None
    except (LookupError, ValueError):  # a charset that is none
        raise RequestError(400, "提交的表单无法识别，请重新提交。") from None
    except ClientDisconnect:
        raise RequestError(400, "连接中断，没有收到完整的内容。") from None
    form = Form()
    for name, value in parsed.multi_items():
        if isinstance(value, UploadFile):
            form.files.append((name, Draft(file_name(value.filename), await value.read())))
            await value.close()
        else:
            form.fields[name] = value
    return form


def file_name(name: str | None) -> str:
    """A file's own name, without folders and control characters, of a bearable length; empty for none."""
    own = clean((name or "").replace("\\", "/").rpartition("/")[2])
    stem, dot, suffix = own.rpartition(".")
    return own if len(own) <= _NAME else f"{(stem or suffix)[:_NAME]}…{dot}{suffix[:10] if stem else ''}"


def _path(name: str) -> str:
    """The path of a document in an archive, which tells whose it is: its folders, not endless ones, and its own name."""
    return "/".join([*(file_name(part) for part in folders_inside(name)[-_FOLDERS:]), file_name(name)])


def bounded(draft: Draft, limits: Limits) -> Draft:
    """The draft, if it is not too large.  Raises ``RequestError`` 413."""
    if len(draft.data) > limits.file:
        raise RequestError(
            413, f"文件过大（上限 {limits.file // MEGABYTE} MB），不像一份年度报告，请检查是否选错了文件。"
        )
    return draft


def read_options(given: Mapping[str, object], packs: Sequence[str], previous: Draft | None = None) -> Options:
    """Options from form fields, a query or JSON.  Raises ``RequestError`` 422 that names the field."""
    pack = given.get("pack") or (packs[0] if len(packs) == 1 else AUTO)
    if pack not in (*packs, AUTO):
        raise RequestError(
            422, f"pack：没有名为“{_shown(pack)}”的规则包，可用：{'、'.join((*packs, AUTO))}。", field="pack"
        )
    body = given.get("body") or None
    if body is not None and body not in BODIES:
        told = "、".join(f"{key}（{title}）" for key, title in BODIES.items())
        raise RequestError(422, f"body：没有“{_shown(body)}”这类机关，可用：{told}。", field="body")
    return Options(str(pack), _year(given.get("year")), cast(Body, body) if body else None, previous)


def _year(value: object) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS:
        return int(text)
    raise RequestError(422, f"year：年份“{_shown(value)}”无效，应为四位数的年份，如 2024。", field="year")


def _shown(value: object) -> str:
    return clean(str(value))[:40]


def unpack(drafts: Iterable[Draft], limits: Limits) -> list[Draft]:
    """The documents among some files: archives are opened, what computers leave in them is passed over.

    What is wrong with an archive is told when it is judged, like any file that cannot be read.
    Raises ``RequestError`` 413 for too many documents or too much of them.
    """
    found: list[Draft] = []
    room = limits.unpacked
    for draft in drafts:
        for document in _documents(draft):
            room -= len(document.data)
            found.append(document)
            if len(found) > limits.files:
                raise RequestError(413, f"一次最多汇总 {limits.files} 份报告，请分几次提交。")
            if room < 0:
                raise RequestError(413, f"解压后的内容过大（上限 {limits.unpacked // MEGABYTE} MB），请分几次提交。")
    return found


def _documents(draft: Draft) -> Iterable[Draft]:
    """The draft itself, or the members of an archive one by one."""
    from checker.read.packaged import open_package

    if not draft.data.startswith(b"PK\x03\x04"):
        yield draft
        return
    try:
        package = open_package(draft.data)
        if any(name in package for name in _OFFICE):
            yield draft
            return
        for name in package.names:
            if not _is_litter(name):
                yield Draft(_path(name), package.read(name))
    except ReadError:
        yield draft


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:]) or name.rpartition("/")[2].startswith(".")


def as_file(text: str, name: str = PASTED) -> Draft:
    """Text from a form as a document: line ends as everywhere else, unpaired surrogates made harmless."""
    return Draft(name, text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace"))
