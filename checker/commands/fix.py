"""``checker fix``: put in what findings give as the one right form, and tell what was changed and what was left."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.commands import NOT_DONE, PASSED, files, output
from checker.commands.arguments import Parser, suggestion, year
from checker.errors import CheckerError, ReadError, UsageError

if TYPE_CHECKING:
    from checker.commands.exemptions import Entry
    from checker.commands.hints import Fit, Others
    from checker.compiled import CompiledPack
    from checker.fix import Judge
    from checker.models.document import RawReport
    from checker.models.result import ReportResult

HELP = """\
用法：checker fix 文件|目录|通配符... -o 输出 [选项]

改正只有一种正确写法的问题（结果中有“改为”的），其余一字不动，并列出改了什么、
留下什么。纯文本保持原来的编码、BOM 和换行；Word 文件（.docx）以修订方式写入，
可以逐条接受或拒绝。
每处改后重新审查：问题没有消除或引出新问题的，不改。请逐条核对后再用。

选项：
  -o, --output 输出   一份报告写入的文件；几份报告给出目录（须已有，或以 /
                      结尾），其中的子目录照旧
  --in-place          直接改原文件（不给 -o 时）
  --only 规则,规则    只改这些规则的问题，如 terminology,set-phrase
  --dry-run           只列出会怎样改，不写文件
  --no-ignore         豁免清单（.checker-ignore.yaml）中的问题也改（默认不改）
  --pack 规则包       规则包的编号或目录（默认 law-gov）；auto 按文件种类逐份
                      选用
  --year 年份         指定报告年度（默认从文中判断）
  -h, --help          显示这份说明

退出码：
  0  已改完（没有可改的也是 0）
  2  没有改或没有全部改完（文件读不了、写不了，用法有误）

例子：
  checker fix 报告.txt --dry-run
  checker fix 报告.docx -o 报告.修订.docx
  checker fix 报送/ -o 改后/ --only terminology
  checker fix 草稿.txt --in-place
"""

_WORD, _TEXT = (".docx", ".docm", ".dotx", ".dotm"), (".txt", ".md")


def parser() -> Parser:
    """The options of the command."""
    options = Parser("checker fix")
    options.add_argument("-o", "--output")
    for flag in ("--in-place", "--dry-run", "--no-ignore"):
        options.add_argument(flag, action="store_true")
    options.add_argument("--only", action="append")
    options.add_argument("--pack")
    options.add_argument("--year", type=year)
    return options


def run(argv: list[str]) -> int:
    """Correct each report and write it; what goes wrong with one does not stop the others."""
    from checker.commands.exemptions import Exemptions
    from checker.commands.hints import Others, tell_fits
    from checker.commands.packs import DEFAULT, open_packs

    given, operands = parser().read(argv)
    if given.get("help"):
        output.show(HELP)
        return PASSED
    if not operands:
        raise UsageError("没有给出要改的文件。例如：checker fix 报告.txt -o 改后.txt")
    reports = _without_corrected(files.find_reports(operands), given.get("output"), operands)
    targets = _targets(given, [name for name, _ in reports], operands)
    packs = open_packs(given.get("pack", DEFAULT))
    only = _only(given.get("only", ()), packs)
    exemptions = Exemptions(date.today(), switched_off=bool(given.get("no_ignore")))
    done, others = [], _OfOtherKinds(packs, Others())
    for (name, trouble), target in zip(reports, targets, strict=True):
        judge = _judge_of(packs, given.get("year"), exemptions.entries_for(name))
        done.append(_fix(name, trouble, target, judge, only, others))
    tell_fits(others.fits)
    return PASSED if all(done) else NOT_DONE


class _OfOtherKinds:
    """The files that were not judged, each with the pack that would judge it."""

    def __init__(self, packs: Sequence[CompiledPack], others: Others) -> None:
        self.fits: list[tuple[str, Fit | None]] = []
        self._packs, self._others = packs, others

    def tell(self, name: str, report: RawReport, reason: str) -> None:
        """Say of a report why it was not judged, and remember which pack recognises it."""
        output.tell(f"{name}：没有审查：{reason}")
        self.fits.append((name, self._others.fit(report, self._packs)))


def _without_corrected(reports: list[files.Operand], out: str | None, operands: Sequence[str]) -> list[files.Operand]:
    """The reports but those that an earlier run wrote into the folder of the output, which lies among them: such a file
    stands there as its original stands below the operands."""
    from checker.commands.folders import top_of

    top = top_of(operands)
    if out is None or top is None or not os.path.isdir(out):
        return reports
    written, places = Path(os.path.realpath(out)), {name: Path(os.path.realpath(name)) for name, _ in reports}
    found = set(places.values())

    def is_corrected(place: Path) -> bool:
        original = top / place.relative_to(written) if place.is_relative_to(written) else place
        return original != place and original in found

    return [report for report in reports if not is_corrected(places[report[0]])]


def _judge_of(packs: Sequence[CompiledPack], report_year: int | None, entries: Sequence[Entry]) -> Judge:
    """What judges a report: the engine, and what people have accepted."""
    from checker.engine import check
    from checker.suppress import suppress

    def judge(report: RawReport) -> ReportResult:
        result = check(report, packs, year=report_year)
        return suppress(result, [entry.suppression for entry in entries]).report if entries else result

    return judge


def _only(given: Sequence[str], packs: Sequence[CompiledPack]) -> Collection[str]:
    """The rules named.  Raises ``UsageError`` for one that is not there."""
    known = list(dict.fromkeys(rule.id for compiled in packs for rule in compiled.pack.findings))
    named = [name.strip() for words in given for name in words.replace("，", ",").split(",") if name.strip()]
    otherwise = f"，可用：{'、'.join(known)}。"
    for name in named:
        if name not in known:
            raise UsageError(f"选项 --only：没有名为“{name}”的规则{suggestion(name, known, otherwise)}")
    if given and not named:
        raise UsageError("选项 --only 后面缺少规则的编号。")
    return named


def _targets(given: dict[str, Any], names: Sequence[str], operands: Sequence[str]) -> list[str | None]:
    """Where each report is written; ``None`` where nothing is.  Raises ``UsageError`` before anything is read."""
    if "-" in names:
        raise UsageError("fix 不读标准输入，请给出文件名。")
    out, in_place = given.get("output"), given.get("in_place")
    if out and in_place:
        raise UsageError("-o 和 --in-place 只能给出一个。")
    if given.get("dry_run"):
        return [None] * len(names)
    if in_place:
        return list(names)
    if not out:
        raise UsageError("没有说明写到哪里：请给出 -o 输出，或用 --in-place 直接改原文件，或用 --dry-run 只看不写。")
    return list(_outputs(out, names, operands))


def _outputs(out: str, names: Sequence[str], operands: Sequence[str]) -> Iterator[str]:
    """The files to write: the one named, or one of the same name in the folder for each report, which keeps the folders
    that it has below those of the operands."""
    from checker.commands.folders import below, top_of

    top = top_of(operands)
    inputs = {os.path.realpath(name) for name in names}
    is_folder = out.endswith(("/", os.sep)) or os.path.isdir(out)
    if len(names) > 1 and not is_folder:
        raise UsageError(f"有 {len(names)} 份报告，-o 请给出目录，例如 -o 改后/。")
    if not os.path.isdir(os.path.dirname(os.path.realpath(out))):
        raise UsageError(f"-o {out} 的上级目录不存在，请先建立目录。")
    seen: set[str] = set()
    for name in names:
        target = os.path.join(out, *below(name, top), os.path.basename(name)) if is_folder else out
        _check_suffix(name, target)
        if os.path.realpath(target) in inputs:
            raise UsageError(f"-o {out} 会覆盖原文件 {target}，请换一个地方；确要改原文件，请用 --in-place。")
        if target.casefold() in seen:
            raise UsageError(f"有两份报告都叫“{os.path.basename(name)}”，不能写入同一个目录，请分别处理。")
        seen.add(target.casefold())
        yield target


def _check_suffix(name: str, target: str) -> None:
    """Raise ``UsageError`` where a Word file would be written under the suffix of another format, or text as Word."""
    before, after = (os.path.splitext(path)[1].lower() for path in (name, target))
    if before != after and (before in _WORD or (before in _TEXT and after in _WORD)):
        raise UsageError(f"-o {target} 的后缀与原文件 {name} 不同：改写不改变文件的格式，请用后缀 {before}。")


def _fix(
    name: str,
    trouble: ReadError | None,
    target: str | None,
    judge: Judge,
    only: Collection[str],
    others: _OfOtherKinds,
) -> bool:
    """Whether one report could be corrected and written; tells what was done, or in one line why not."""
    from checker.commands.fixes import tell_fixed
    from checker.commands.rewriting import rewriter
    from checker.fix import fix
    from checker.read.archive import split
    from checker.read.reader import read_bytes, read_file
    from checker.render.width import clean

    shown = files.printable(name)
    try:
        if trouble is not None:
            raise trouble
        if not os.path.exists(name) and split(Path(name)) is not None:
            raise CheckerError("压缩包里的报告不能直接改，请先解压。")
        data = read_file(Path(name))
        report = read_bytes(data, shown)
        writer = rewriter(report, data)
        fixed = fix(report, judge, only, writer.refusal)
        output.show(tell_fixed(report, fixed, written=target is not None))
        if fixed.other is not None:
            others.tell(shown, report, clean(fixed.other))
        if target is not None:
            _write(target, writer.apply(fixed.edits), changed=bool(fixed.edits), in_place=target == name)
    except CheckerError as error:
        output.tell(f"{shown}：{error}")
        return False
    except OSError as error:
        output.tell(f"{shown}：无法写入：{output.reason(error)}。")
        return False
    return True


def _write(target: str, content: bytes, *, changed: bool, in_place: bool) -> None:
    """Write a corrected report, whole or not at all; what has no change is not written over itself."""
    if in_place and not changed:
        return
    os.makedirs(os.path.dirname(os.path.realpath(target)), exist_ok=True)
    files.write_aside(target, content)
    output.tell(f"已写入 {files.printable(target)}")
