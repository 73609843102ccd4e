"""PNG and SVG: the verdict of each element in each report as a heat map, and beside it how often each one lacks."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle

from checker.errors import CheckerError
from checker.models.result import ReportResult, RunResult
from checker.render import PLAIN, Style
from checker.render.fonts import chinese_font, drawable
from checker.render.page import LETTERS
from checker.render.problems import as_run
from checker.render.rows import titles_of
from checker.render.to_table import VERDICTS, totals
from checker.render.width import clean, shorten, shorten_left

_COLORS = {
    "met": "#a9dcb8", "weak": "#f6cf65", "missing": "#e57f73", "not-applicable": "#e3e5e8", "suppressed": "#c9c1e6",
}  # fmt: skip
_WORDS = {**VERDICTS, "suppressed": "已豁免"}
_LETTERED, _NAMED = 60, 150  # up to how many reports the cells bear letters, the columns names
_TITLE, _NAME = 48, 30  # terminal cells
_MOST = 2000  # columns; beyond, a column would be thinner than a dot
_Verdicts = Mapping[str, str]


def to_png(result: RunResult | ReportResult, style: Style = PLAIN) -> bytes:
    """The picture in dots.  Raises ``CheckerError`` without a Chinese font, or if no report was judged."""
    return _drawn(result, "png")


def to_svg(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """The picture in lines; words are drawn as shapes, so it looks the same everywhere.  Raises as ``to_png``."""
    return _drawn(result, "svg").decode("utf-8")


def _drawn(result: RunResult | ReportResult, format: str) -> bytes:
    run = as_run(result)
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "checker"}):
        figure = _figure(run, chinese_font())
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        nameless = {"Date": None} if format == "svg" else {"Software": None}
        figure.savefig(out, format=format, dpi=150, bbox_inches="tight", metadata={"Title": "checker", **nameless})
    return out.getvalue()


def _figure(run: RunResult, font: FontProperties) -> Figure:
    """Both panels share the rows: one an element."""
    judged = [report for report in run.reports if report.elements]
    if not judged:
        raise CheckerError("没有可以画图的结果：没有一份报告得到评分。")
    if len(judged) > _MOST:
        raise CheckerError(f"报告太多（{len(judged)} 份），一张图画不下，最多 {_MOST} 份；请分批，或改用 .xlsx 格式。")
    titles = titles_of(judged)
    columns = [_verdicts(report) for report in judged]
    cell = 0.34 if len(judged) <= _LETTERED else max(20.0 / len(judged), 0.01)
    map_width, bar_width, height = max(cell * len(judged), 1.2), 3.0, 0.34 * len(titles)
    figure = Figure(figsize=(map_width + bar_width + 0.3, height))
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    grid = figure.add_gridspec(1, 2, width_ratios=(map_width, bar_width), wspace=0.3 / max(map_width, bar_width))
    heat, bars = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    _draw_map(heat, columns, titles, font)
    _name_columns(heat, judged, font)
    _draw_bars(bars, columns, list(titles), font)
    used = [key for key in _COLORS if any(key in column.values() for column in columns)]
    handles = [
        Patch(facecolor=_COLORS[key], edgecolor="#888888", label=f"{LETTERS[key]} {_WORDS[key]}") for key in used
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(handles), prop=_sized(font, 9),
                  frameon=False)  # fmt: skip
    figure.suptitle(drawable(clean(totals(run)), font), y=1.0 + 0.6 / height, fontproperties=_sized(font, 11))
    return figure


def _verdicts(report: ReportResult) -> dict[str, str]:
    return {e.id: e.verdict if e.suppressed is None else "suppressed" for e in report.elements}


def _draw_map(axes: Axes, columns: Sequence[_Verdicts], titles: Mapping[str, str], font: FontProperties) -> None:
    """A cell for each element of each report, coloured and, where there is room, lettered."""
    lettered = len(columns) <= _LETTERED
    for x, verdicts in enumerate(columns):
        for y, id in enumerate(titles):
            if id not in verdicts:
                continue
            key = verdicts[id]
            edge = "white" if lettered else "none"
            axes.add_patch(Rectangle((x, y), 1, 1, facecolor=_COLORS[key], edgecolor=edge, linewidth=1))
            if lettered:
                axes.text(x + 0.5, y + 0.5, LETTERS[key], ha="center", va="center", fontproperties=_sized(font, 8))
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(titles), 0)
    axes.set_yticks([y + 0.5 for y in range(len(titles))])
    words = [drawable(shorten(title, _TITLE), font) for title in titles.values()]
    axes.set_yticklabels(words, fontproperties=_sized(font, 9))
    _bare(axes)


def _name_columns(axes: Axes, reports: Sequence[ReportResult], font: FontProperties) -> None:
    """The files' names below; of very many reports just their number."""
    if len(reports) > _NAMED:
        axes.set_xticks([])
        axes.set_xlabel(f"{len(reports)} 份报告", fontproperties=_sized(font, 9))
        return
    axes.set_xticks([x + 0.5 for x in range(len(reports))])
    size = 8.0 if len(reports) <= _LETTERED else 5.0
    names = ["标准输入" if r.file == "-" else PurePath(clean(r.file)).name for r in reports]
    words = [drawable(shorten_left(name, _NAME), font) for name in names]
    axes.set_xticklabels(words, rotation=60, ha="right", rotation_mode="anchor", fontproperties=_sized(font, size))


def _draw_bars(axes: Axes, columns: Sequence[_Verdicts], ids: Sequence[str], font: FontProperties) -> None:
    """How many reports miss each element, and in how many it is weak."""
    most = 1
    for y, id in enumerate(ids):
        given = [column.get(id) for column in columns]
        missing, weak = given.count("missing"), given.count("weak")
        most = max(most, missing + weak)
        axes.barh(y + 0.5, missing, height=0.7, color=_COLORS["missing"])
        axes.barh(y + 0.5, weak, left=missing, height=0.7, color=_COLORS["weak"])
        if missing or weak:
            told = "、".join(f"{word} {n}" for word, n in (("缺", missing), ("弱", weak)) if n)
            axes.text(missing + weak, y + 0.5, f" {told}", va="center", fontproperties=_sized(font, 8))
    axes.set_ylim(len(ids), 0)
    axes.set_xlim(0, most * 1.6)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_xlabel("缺失、薄弱的份数", fontproperties=_sized(font, 9))
    _bare(axes)


def _bare(axes: Axes) -> None:
    """No frame, no tick marks."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _sized(font: FontProperties, size: float) -> FontProperties:
    sized = font.copy()
    sized.set_size(size)
    return sized
