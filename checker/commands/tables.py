"""``checker rules list``: the rules of a pack and the packs there are, as tables no wider than 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.models.rule import RulePack
from checker.render.to_table import SEVERITIES, grid, number
from checker.render.width import clean, width, wrap

_WIDTH, _GAP = 80, 2
_RULES = ("编号", "名称", "类别", "分值或级别")
_PACKS = ("编号", "名称", "版本", "要素", "问题")


def table_of_rules(pack: RulePack, others: Iterable[str]) -> str:
    """All rules of a pack, what it says about itself, and which packs there are besides."""
    rows = [[e.id, e.title, pack.parts[e.part].title, f"{number(e.weight)} 分"] for e in pack.elements]
    rows += [[f.id, f.title, "问题", SEVERITIES[f.severity]] for f in pack.findings]
    lines = [f"{pack.title}（{pack.id} {pack.version}）", "", *_fitted(rows, _RULES, ("left", "left", "left", "right"))]
    if pack.about:
        lines += ["", *wrap(clean(f"说明：{pack.about}"), _WIDTH)]
    named = "、".join(name for name in others if name != pack.id)
    lines += ["", *wrap(f"其他规则包：{named}（checker rules list 编号；各包的说明见 --packs）。", _WIDTH)]
    return "\n".join(lines) + "\n"


def table_of_packs(packs: Sequence[RulePack], default: str) -> str:
    """The shipped packs, and what each says about itself."""
    rows = [[p.id, p.title, p.version, str(len(p.elements)), str(len(p.findings))] for p in packs]
    lines = _fitted(rows, _PACKS, ("left", "left", "left", "right", "right"))
    for pack in packs:
        if pack.about:
            lines += ["", *wrap(clean(f"{pack.id}：{pack.about}"), _WIDTH)]
    lines += ["", *wrap(f"默认用 {default}；--pack auto 按文件种类逐份选用。", _WIDTH)]
    return "\n".join(lines) + "\n"


def _fitted(rows: list[list[str]], headers: Sequence[str], align: Sequence[str]) -> list[str]:
    """The table with its second column wrapped to the room that the others leave."""
    padded = [header + " " * _GAP for header in headers]  # as the table pads them
    others = [max(width(cell) for cell in column) for column in zip(padded, *rows, strict=True)]
    room = _WIDTH - sum(others) + others[1] - _GAP * (len(headers) - 1)
    wrapped = [[first, "\n".join(wrap(second, room)), *rest] for first, second, *rest in rows]
    return grid(wrapped, headers, align, "")
