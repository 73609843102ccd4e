"""``checker eval``: hold verdicts against label files, with a plain keyword search beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from checker.commands import NOT_DONE, PASSED, output
from checker.commands.arguments import Parser
from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    from checker.compiled import CompiledPack
    from checker.evaluate import Evaluation, Tally

HELP = """\
用法：checker eval 标注文件|目录... [选项]

用人工标注（YAML）衡量审查结果：结论的正确率；“未达标”标记的查准率、查全率和
F1；问题的查准率和查全率；混淆表。旁边的“关键词”一栏是只搜字面说法的结果，供
比较：要素的任何一个字面说法出现在文中就算达标。

标注文件放在报告旁边，每份报告一个：
  file: 报告.txt
  year: 2023
  elements: {title: met, causes: weak, next-plan: missing}
  findings: [{id: plan-year, text: 2023年，我局将}]

选项：
  --pack 规则包       规则包的编号或目录（默认 law-gov）
  -v, --verbose       列出每一个不符的结论和问题
  -h, --help          显示这份说明

例子：
  checker eval tests/gold/
  checker eval 标注/*.yaml -v
"""
_FACTS = {"kind": "文件种类", "year": "报告年度", "level": "层级"}
_SHORT = {"met": "达标", "weak": "薄弱", "missing": "缺失"}


def run(argv: list[str]) -> int:
    """Judge every labelled report, compare, print the tables."""
    parser = Parser("checker eval")
    parser.add_argument("--pack")
    parser.add_argument("-v", "--verbose", action="store_true")
    given, operands = parser.read(argv)
    if "help" in given:
        output.show(HELP)
        return PASSED
    if not operands:
        raise UsageError("没有给出标注文件。例如：checker eval tests/gold/")
    from checker.commands.packs import DEFAULT, open_pack
    from checker.evaluate import Evaluation, keywords

    paths = _label_files(operands)
    pack = open_pack(given.get("pack", DEFAULT))
    evaluation = Evaluation()
    searched = keywords(pack.pack)
    judged = sum(_add(evaluation, path, pack, searched) for path in paths)
    if judged:
        output.show("\n".join(_report(evaluation, pack, judged, "verbose" in given)) + "\n")
    return PASSED if judged == len(paths) else NOT_DONE


def _label_files(operands: list[str]) -> list[Path]:
    """The label files given, and those below the folders given, sorted."""
    paths: list[Path] = []
    for operand in map(Path, operands):
        below = sorted([*operand.rglob("*.yaml"), *operand.rglob("*.yml")]) if operand.is_dir() else [operand]
        if not below:
            raise UsageError(f"目录 {operand} 里没有标注文件（.yaml）。")
        paths += below
    return paths


def _add(evaluation: Evaluation, path: Path, pack: CompiledPack, searched: Mapping[str, Collection[str]]) -> bool:
    """Judge one labelled report, and search it for keywords; what cannot be read is told and does not stop the others."""
    from checker.engine import check
    from checker.evaluate import compare, compare_keywords, keyword_verdicts, read_label
    from checker.read import read_report

    try:
        label, source = read_label(path)
        report = read_report(source)
    except CheckerError as error:
        output.tell(str(error))
        return False
    compare(evaluation, path.stem, label, check(report, pack), report.text)
    compare_keywords(evaluation, label, keyword_verdicts(searched, report.text))
    return True


def _report(evaluation: Evaluation, pack: CompiledPack, judged: int, verbose: bool) -> list[str]:
    facts = [
        f"{name} {evaluation.facts_right[fact]}/{evaluation.facts_total[fact]}"
        for fact, name in _FACTS.items()
        if evaluation.facts_total[fact]
    ]
    lines = [f"标注的文件 {judged} 份；判断正确：{'，'.join(facts)}", ""]
    lines += [*_elements(evaluation, pack), "", *_confusion(evaluation), "", *_findings(evaluation)]
    return lines + (["", *_misses(evaluation)] if verbose else [])


def _elements(evaluation: Evaluation, pack: CompiledPack) -> list[str]:
    """Accuracy and flags of each element, of each part and in all, beside the keyword search."""
    from checker.render.to_table import grid

    rows: list[list[str]] = []
    for part, rule in pack.pack.parts.items():
        ids = [e.id for e in pack.pack.elements if e.part == part]
        known = [element_id for element_id in ids if element_id in evaluation.elements]
        rows += [_row(element_id, evaluation, [element_id]) for element_id in known]
        rows += [_row(f"{rule.title}合计", evaluation, known)] if known else []
    rows.append(_row("全部", evaluation, list(evaluation.elements)))
    headers = ("要素", "正确", "正确率", "查准", "查全", "F1", "关键词", "其 F1")
    return grid(rows, headers, ("left", *["right"] * 7), "")


def _row(name: str, evaluation: Evaluation, ids: list[str]) -> list[str]:
    tally, plain = evaluation.total(ids), evaluation.total(ids, baseline=True)
    return [
        name, f"{tally.right}/{tally.total}", _share(tally.accuracy), *_flags(tally), _share(plain.accuracy),
        f"{plain.f1:.2f}",
    ]  # fmt: skip


def _flags(tally: Tally) -> list[str]:
    return [f"{tally.precision:.2f}", f"{tally.recall:.2f}", f"{tally.f1:.2f}"]


def _share(value: float) -> str:
    return f"{value * 100:.1f}%"


def _confusion(evaluation: Evaluation) -> list[str]:
    """How often each labelled verdict came out as which."""
    from checker.render.to_table import grid

    whole = evaluation.total(list(evaluation.elements)).confusion
    rows = [[f"应为{_SHORT[a]}", *(str(whole[a, b]) for b in _SHORT)] for a in _SHORT]
    return grid(rows, ("混淆表", *(f"得到{name}" for name in _SHORT.values())), ("left", "right", "right", "right"), "")


def _findings(evaluation: Evaluation) -> list[str]:
    from checker.render.to_table import grid

    named = [*sorted(evaluation.findings.items()), ("全部", evaluation.all_findings)]
    rows = [
        [name, str(f.hits), str(f.false), str(f.missed), f"{f.precision:.2f}", f"{f.recall:.2f}"] for name, f in named
    ]
    return grid(rows, ("问题", "找到", "误报", "漏报", "查准", "查全"), ("left", *["right"] * 5), "")


def _misses(evaluation: Evaluation) -> list[str]:
    """The wrong ones, one a line."""
    from checker.render.width import clean

    lines = [f"不符的 {len(evaluation.misses)} 处："]
    for miss in evaluation.misses:
        told = f"应为 {miss.expected or '无'}，得到 {miss.got or '无'}" if miss.expected or miss.got else ""
        lines.append(clean(f"{miss.file}  {miss.what}  {told}  {miss.detail}"))
    return lines
