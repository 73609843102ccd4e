"""Asks the worker process for the pages of a PDF, and says in words what went wrong there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import ReadError
from checker.read.building import MAX_CHARACTERS, too_long
from checker.read.sheets import Piece, Sheet

MAX_PAGES = 2_000
SECONDS = 90  # for one answer
MAX_SIDE = 2_000  # pixels of a page drawn for recognition
_WORKER = Path(__file__).with_name("pdf_worker.py")
_DAMAGED = "PDF 文件已损坏或不完整，无法打开，请从原文件重新导出。"
_LOCKED = "PDF 有打开密码，请先去掉密码再审查。"
_TOO_MUCH = "PDF 过于复杂，超出了读取所允许的时间或内存，请检查是否选错了文件，或从原文件重新导出。"
_FEW = 20  # characters: a picture with no more text than a page number is a scan


@dataclass(frozen=True)
class PdfPage:
    """One page: its text with places, and whether it has to be recognised from its picture."""

    sheet: Sheet
    askew: tuple[str, ...]
    unread: bool


def open_pages(data: bytes) -> list[PdfPage]:
    """All pages of a PDF.

    Raises ``ReadError``: damaged, cut off, with a password, too many pages, too much text, or too costly to read.
    """
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):  # PDFium would rebuild what is left of it and say nothing
        raise ReadError(_DAMAGED)
    answer = _asked(json.loads(_ask(data, "text", MAX_PAGES, MAX_CHARACTERS)))
    if answer["missing"]:
        raise ReadError(f"PDF 第 {answer['missing'][0]} 页已损坏，无法读取，请从原文件重新导出。")
    return [_page(number, page) for number, page in enumerate(answer["pages"], 1)]


def draw_page(data: bytes, number: int) -> tuple[bytes, int, int]:
    """One page as grey pixels, row by row, with width and height.  Raises ``ReadError``."""
    head, _, pixels = _ask(data, "image", number, MAX_SIDE).partition(b"\n")
    answer = _asked(json.loads(head))
    return pixels, answer["width"], answer["height"]


def _page(number: int, page: dict[str, Any]) -> PdfPage:
    pieces = [Piece(*run) for run in page["runs"]]
    visible = sum(len("".join(piece.text.split())) for piece in pieces)
    unread = (page["drawn"] and visible <= _FEW) or page["unmapped"] > max(_FEW, 0.3 * visible)
    return PdfPage(Sheet(number, page["width"], page["height"], pieces), tuple(page["askew"]), unread)


def _asked(answer: dict[str, Any]) -> dict[str, Any]:
    """The worker's answer.  Raises ``ReadError`` for what it could not do."""
    error = answer.get("error")
    if error == "password":
        raise ReadError(_LOCKED)
    if error == "pages":
        raise ReadError(f"PDF 有 {answer['pages']} 页（上限 {MAX_PAGES} 页），不像一份年度报告，请检查是否选错了文件。")
    if error == "long":
        raise ReadError(too_long(answer["length"]))
    if error:
        raise ReadError(_DAMAGED)
    return answer


def _ask(data: bytes, *arguments: object) -> bytes:
    """What the worker writes.  Raises ``ReadError`` where the document brings it down or keeps it too busy."""
    command = [sys.executable, "-P", "-W", "ignore", str(_WORKER), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=environment)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ReadError(_TOO_MUCH) from None
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == 1 and complaint and "MemoryError" not in complaint[-1]:
        raise RuntimeError(f"pdf_worker: {complaint[-1]}")  # a bug of ours, not the document's fault
    raise ReadError(_TOO_MUCH)
