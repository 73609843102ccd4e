"""``checker score``: judge reports by a pack and show the result."""

from __future__ import annotations

import os
import sys
from argparse import BooleanOptionalAction
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.commands import FELL_SHORT, NOT_DONE, PASSED, files, output
from checker.commands.arguments import Parser, number_between, one_of, year
from checker.errors import CheckerError, UsageError
from checker.render import RENDERERS, Style, render

if TYPE_CHECKING:
    from checker.compiled import CompiledPack
    from checker.models.result import FileError, ReportResult, RunResult

HELP = """\
用法：checker score 文件|目录|通配符... [选项]

审查年度报告：逐项要素的结论与依据、问题与改法、得分与等次。
目录代表其下所有 .txt 和 .md 文件；- 代表标准输入。

选项：
  --pack 规则包       规则包的编号或目录（默认 law-gov）；auto 按文件种类逐份
                      选用，全部编号见 checker rules list --packs
  --format 格式       table 表格（默认）或 json
  -o, --output 文件   把结果写入文件，后缀决定格式：.json、.txt；可以给出多次。
                      给了 -o 就不再输出到屏幕，除非同时给了 --format
  --year 年份         指定报告年度（默认从文中判断）
  --fail-under 分数   低于这个分数即算不合要求（退出码 1）
  --strict            有薄弱或缺失的要素、有错误级的问题，即算不合要求
  --exit-zero         报告不合要求时退出码也为 0（无法审查仍为 2）
  --config 文件       从 TOML 文件读取以上选项；命令行上的优先，
                      --no-strict 之类可取消文件中的设置
  --quiet             不显示进度和说明，只显示结果和错误
  -h, --help          显示这份说明

退出码：
  0  全部通过
  1  有报告不合要求，或不是这类文件
  2  无法审查或没有全部审查（文件读不了、规则包有误、用法有误）

例子：
  checker score 报告.txt
  checker score 报送/ -o 结果.json -o 结果.txt
  checker score *.txt --fail-under 80 --strict
  cat 报告.txt | checker score - --format json
"""


def parser() -> Parser:
    """The options of the command."""
    options = Parser("checker score")
    options.add_argument("--pack")
    options.add_argument("--format", type=one_of(*RENDERERS))
    options.add_argument("-o", "--output", action="append")
    options.add_argument("--year", type=year)
    options.add_argument("--fail-under", type=number_between(0, 1000, "一个分数，如 80"))
    options.add_argument("--config")
    for flag in ("--strict", "--exit-zero", "--quiet"):
        options.add_argument(flag, action=BooleanOptionalAction)
    return options


def run(argv: list[str]) -> int:
    """Judge, show, and tell by the exit code how it came out."""
    from checker.commands.packs import DEFAULT, open_packs

    reader = parser()
    given, operands = reader.read(argv)
    if given.get("help"):
        output.show(HELP)
        return PASSED
    if "config" in given:
        from checker.commands.config import read_config

        given = {**read_config(given["config"], reader), **given}
    if not operands:
        raise UsageError("没有给出要审查的文件。例如：checker score 报告.txt")
    reports = files.find_reports(operands)
    outputs = files.check_outputs(given.get("output", ()), (name for name, _ in reports))
    packs = open_packs(given.get("pack", DEFAULT))
    _check_fail_under(given.get("fail_under"), packs)
    shown = not given.get("quiet") and len(reports) > 5 and sys.stderr.isatty()
    result = judge_all(files.each_with_progress(reports, shown), packs, given.get("year"))
    for error in result.errors:
        output.tell(f"{error.file}：{error.message}")
    for report in result.reports:
        if report.rule_errors:
            output.tell(
                f"{report.file}：有规则运行出错，没有检查：{'、'.join(report.rule_errors)}。请把这一行告诉维护者。"
            )
    written = [_write(path, format, result, bool(given.get("quiet"))) for path, format in outputs]
    if not outputs or "format" in given:
        _show(result, given.get("format", "table"))
    if not all(written):
        return NOT_DONE
    return exit_code(result, given)


def _check_fail_under(least: float | None, packs: Sequence[CompiledPack]) -> None:
    full = min(pack.pack.scale.max_score for pack in packs)
    if least is not None and least > full:
        raise UsageError(f"选项 --fail-under：{least:g} 超过了满分 {full:g}。")


def judge_all(
    reports: Iterable[files.Operand], pack: CompiledPack | Sequence[CompiledPack], report_year: int | None
) -> RunResult:
    """Judge each file, by the pack of its kind where several are given; what goes wrong in one is listed and does not
    stop the others."""
    from checker import __version__
    from checker.compiled import CompiledPack
    from checker.models.result import FileError, PackInfo, RunResult

    packs = [pack] if isinstance(pack, CompiledPack) else pack
    judged: list[ReportResult] = []
    errors: list[FileError] = []
    for name, trouble in reports:
        outcome = _judge(name, trouble, packs, report_year)
        if isinstance(outcome, FileError):
            errors.append(outcome)
        else:
            judged.append(outcome)
    info = PackInfo(id="auto", version=__version__)
    if len(packs) == 1:
        info = PackInfo(id=packs[0].pack.id, version=packs[0].pack.version)
    return RunResult(checker=__version__, pack=info, reports=judged, errors=errors)


def _judge(
    name: str, trouble: CheckerError | None, packs: Sequence[CompiledPack], year: int | None
) -> ReportResult | FileError:
    """One file's result, or why there is none.  A bug of ours is listed by its class and place, never hidden."""
    from checker.engine import check
    from checker.models.result import FileError
    from checker.read import read_report

    shown = files.printable(name)
    if trouble is not None:
        return FileError(file=shown, message=str(trouble))
    try:
        return check(read_report(name, shown), packs, year=year)
    except CheckerError as error:
        return FileError(file=shown, message=str(error))
    except Exception as error:  # told by name in the result; the other files must still be judged
        return FileError(file=shown, message=_bug(error))


def _bug(error: Exception) -> str:
    """One line about a bug: class, place, message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name} 第 {trace.tb_lineno} 行" if trace else "位置不明"
    message = " ".join(str(error).split())[:200]
    return f"程序内部出错（{type(error).__name__}，{place}：{message}），这份文件没有审查，请把这一行告诉维护者。"


def exit_code(result: RunResult, options: dict[str, Any]) -> int:
    """``NOT_DONE`` beats ``FELL_SHORT``; ``--exit-zero`` forgives the latter alone."""
    if result.errors or any(report.rule_errors for report in result.reports):
        return NOT_DONE
    least, strict = options.get("fail_under"), options.get("strict")
    reasons = [(report, why) for report in result.reports if (why := shortfall(report, least, strict))]
    if not options.get("quiet"):
        for report, why in reasons:
            if report.passed:  # otherwise the result itself says so
                output.tell(f"{report.file}：{why}")
    return FELL_SHORT if reasons and not options.get("exit_zero") else PASSED


def shortfall(report: ReportResult, fail_under: float | None = None, strict: bool | None = False) -> str | None:
    """Why a report falls short of what is asked, in words, or ``None``."""
    if report.kind == "other":
        return "不是这类文件"
    if not report.passed:
        return "未通过"
    if fail_under is not None and (report.score or 0) < fail_under:
        return f"{report.score:g} 分，低于要求的 {fail_under:g} 分"
    if strict and any(element.verdict in ("weak", "missing") for element in report.elements):
        return "有薄弱或缺失的要素（--strict）"
    if strict and any(finding.severity == "error" for finding in report.findings):
        return "有错误级的问题（--strict）"
    return None


def _write(path: str, format: str, result: RunResult, quiet: bool) -> bool:
    """Whether an output could be written; if not, one line says why."""
    try:
        files.write_aside(path, render(result, format))
    except OSError as error:
        output.tell(f"无法写入 {path}：{output.reason(error)}。")
        return False
    if not quiet:
        output.tell(f"结果已写入 {path}")
    return True


def _show(result: RunResult, format: str) -> None:
    if format == "table" and not result.reports and len(result.errors) == 1:
        return  # the line on standard error has said it all
    content = render(result, format, _style())
    if isinstance(content, bytes):
        output.show_bytes(content)
    else:
        output.show(content, utf8=format != "table")


def _style() -> Style:
    """Coloured on a terminal unless ``NO_COLOR`` asks otherwise; never wider than 80 columns or the terminal."""
    if not sys.stdout.isatty():
        return Style(reasons_of_errors=False)
    import shutil

    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(color, max(60, min(80, shutil.get_terminal_size().columns)), reasons_of_errors=False)
