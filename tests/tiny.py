"""A small rule pack of another subject: tests of the engine, the command line and the renderers rest on it, so that
they stay true whatever happens to the rules of the shipped packs."""

from __future__ import annotations

from pathlib import Path

TINY_PACK = {
    "pack.yaml": """\
id: tiny
title: 图书馆工作年度报告
version: 1.0.0
document:
  name: 图书馆年度报告
  title: ["图书馆{..10}报告"]
  other_titles: [讲话]
  signals: [图书馆, 借阅, 读者]
  least_signals: 1
  least_per_thousand: 0
  agencies: [图书馆]
scale:
  deductions: {error: 2, warning: 1, note: 0}
  deductions_cap: 10
  grades:
    - {name: 优秀, from: 90}
    - {name: 合格, from: 60}
    - {name: 不合格, from: 0}
  coverage: [{fields: 1}]
""",
    "sections.yaml": """\
default: work-done
preamble: preamble
groups:
  account: [preamble, work-done]
roles:
  plan: {title: 下一步安排, time: planned, headings: [下一步]}
  work-done: {title: 工作情况, headings: [工作情况]}
  preamble: {title: 开头}
planned: [打算]
denials: [未]
""",
    "lexicon/common.yaml": """\
lend:
  says: 借出图书
  any: [借阅图书, 外借图书]
guide: [导读, 领读]
""",
    "elements/01-loans.yaml": """\
id: loans
title: 图书借阅情况
part: required
order: 1
weight: 60
basis: [图书馆工作规程]
counts: 写明借阅的数量。
clues:
  act: {any: "{lend}…{quantity}"}
  named: {any: "{lend}", denied: either}
met: act
weak: named
reasons: {met: 写明了借阅的数量。, weak: 只提到借阅，没有数量。, missing: 没有写借阅。}
advice: 写明借阅的数量。
model: 借阅图书5万册。
""",
    "elements/01-loans.cases.yaml": """\
rule: loans
cases:
  - {name: loans with a figure, expect: met, text: "一、工作情况\\n⟦借阅图书5万册⟧。"}
  - {name: loans without a figure, expect: weak, text: "一、工作情况\\n借阅图书很多。"}
  - {name: loans only planned, expect: missing, text: "一、工作情况\\n扫地。\\n二、下一步\\n借阅图书5万册。"}
""",
    "elements/02-guides.yaml": """\
id: guides
title: 导读活动开展情况
part: coverage
order: 2
weight: 40
basis: [图书馆工作规程]
clues:
  act: {any: "{guide}…{quantity}"}
  named: {any: "{guide}", denied: either}
met: act
weak: named
reasons: {met: 写明了导读的场次。, weak: 只提到导读。, missing: 没有写导读。}
advice: 写明导读的场次。
model: 开展导读12场。
""",
    "findings/typo.yaml": """\
id: typo
title: 错字
severity: error
detect: phrases
basis: [出版物校对规范]
message: "“{text}”是错字。"
advice: "改为“{fixed}”。"
corrections:
  - {find: 图书官, right: 图书馆}
""",
}
GOOD = """\
市图书馆2023年图书馆工作报告

一、工作情况
2023年接待读者3万人次，借阅图书5万册。开展导读12场。
二、下一步
打算2024年开展导读20场。
"""
WEAK = GOOD.replace("开展导读12场。", "开展了导读。")
POOR = GOOD.replace("借阅图书5万册", "布置图书官展览6次")
OTHER = "在全市大会上的讲话\n同志们：\n今天开会。\n"


def write_pack(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the small pack; ``changes`` replaces, adds or (``None``) leaves out files by their path."""
    for name, text in {**TINY_PACK, **(changes or {})}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
