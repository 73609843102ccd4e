"""Pictures of pages to pieces of text with their places, by the optional extra ``ocr``; its models come with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from checker.errors import ReadError
from checker.read.progress import tell
from checker.read.sheets import Piece, Sheet

MAX_PAGES = 100
HOW_TO_INSTALL = "识别扫描件需要另装组件：python -m pip install 'checker[ocr]'。"
ASK_TO_INSTALL = f"这是扫描件（页面是图片，没有可以读取的文字）。{HOW_TO_INSTALL}"
NOTE = "这是扫描件，文字由识别得来，可能有误，请核对原件。"
_NEEDED = ("rapidocr", "onnxruntime")

Picture = tuple[bytes, int, int]  # grey pixels row by row, width, height


def is_installed() -> bool:
    """Whether pictures can be recognised here."""
    return all(find_spec(module) is not None for module in _NEEDED)


def recognise_pages(numbers: Sequence[int], draw: Callable[[int], Picture]) -> Iterator[tuple[int, Sheet]]:
    """Each page's number and what stands on it; ``draw`` gives the picture of a page.

    Tells how far it is, and nothing (an empty message) at the end.  Raises ``ReadError``: too many pages.
    """
    if len(numbers) > MAX_PAGES:
        raise ReadError(f"扫描件有 {len(numbers)} 页，超过识别的上限 {MAX_PAGES} 页，请拆开或换成有文字的版本再审查。")
    for index, number in enumerate(numbers, 1):
        tell(f"识别扫描件 {index}/{len(numbers)} 页")
        yield number, recognise(number, draw(number))
    tell("")


def recognise(number: int, picture: Picture) -> Sheet:
    """What stands on one picture of a page."""
    import numpy as np

    pixels, width, height = picture
    result = _engine()(np.frombuffer(pixels, np.uint8).reshape(height, width))
    boxes = [] if result.boxes is None else result.boxes.tolist()
    return Sheet(
        number, width, height, _evened([_piece(box, text) for box, text in zip(boxes, result.txts or (), strict=True)])
    )


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # without its judgement of angles: it turns upright lines of small print over

    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})


def _piece(box: list[list[float]], text: str) -> Piece:
    """The text in a box of four corners."""
    across, down = [corner[0] for corner in box], [corner[1] for corner in box]
    return Piece(text, min(across), max(across), (min(down) + max(down)) / 2, max(down) - min(down))


def _evened(pieces: list[Piece]) -> list[Piece]:
    """Box heights differ by what a line holds; sizes near the usual one are taken to be it."""
    if not pieces:
        return []
    usual = median(piece.size for piece in pieces)
    return [p._replace(size=usual) if 0.75 < p.size / usual < 1.35 else p for p in pieces]
