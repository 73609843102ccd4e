"""A photographed or scanned page in a picture file (PNG, JPEG ...): recognised by the optional extra ``ocr``."""

from __future__ import annotations

import io
import warnings
from typing import Any

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read import recognition
from checker.read.building import TextBuilder
from checker.read.lines import write_sheets

if not recognition.is_installed():
    raise ImportError("rapidocr")

_MAX_SIDE = 2_000
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_UNREADABLE = "图片已损坏或格式少见，无法打开，请另存为 PNG 或 JPEG 后再试。"


def read(data: bytes, name: str) -> RawReport:
    """The document on a picture.  Raises ``ReadError``: damaged, too large, or without text."""
    sheet = recognition.recognise(1, _picture(data))
    if not sheet.pieces:
        raise ReadError("图片里没有认出文字，请检查是否选错了文件，或换一张清楚的图片。")
    builder = TextBuilder()
    write_sheets(builder, [sheet])
    return builder.report(name, "image", (recognition.NOTE,))


def _picture(data: bytes) -> recognition.Picture:
    """The grey pixels of a picture, turned upright as its camera noted, at most ``_MAX_SIDE`` long."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)  # told by its head, before it is unpacked
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                frames: int = getattr(opened, "n_frames", 1)
                if frames > 1 and opened.format == "TIFF":
                    raise ReadError(f"图片里有 {frames} 页，请另存为 PDF 后再审查。")
                image: Any = ImageOps.exif_transpose(_on_white(opened)).convert("L")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ReadError("图片过大（超过 8900 万像素），请缩小后再试。") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise ReadError(_UNREADABLE) from None
    image.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return image.tobytes(), image.width, image.height


def _on_white(image: Any) -> Any:
    """A picture with see-through parts, laid on white paper."""
    from PIL import Image

    if "transparency" not in image.info and not image.mode.endswith("A"):
        return image
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
