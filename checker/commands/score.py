"""``checker score``: judge reports by a pack and show the result."""

from __future__ import annotations

import os
import sys
from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING

from checker.commands import NOT_DONE, PASSED, files, output
from checker.commands.arguments import Parser, number_between, one_of, year
from checker.commands.gate import exit_code
from checker.commands.judging import judge_all
from checker.errors import CheckerError, UsageError
from checker.render import RENDERERS, Style, render

if TYPE_CHECKING:
    from checker.compiled import CompiledPack
    from checker.models.result import RunResult

HELP = """\
用法：checker score 文件|目录|通配符... [选项]

审查年度报告：逐项要素的结论与依据、问题与改法、得分与等次。
目录代表其下所有 .txt 和 .md 文件；- 代表标准输入。

选项：
  --pack 规则包       规则包的编号或目录（默认 law-gov）
  --format 格式       显示到屏幕的格式（默认 table），见下“格式”
  -o, --output 文件   把结果写入文件，后缀决定格式，也可以写 格式:文件；可以给出多次。
                      给了 -o 就不再输出到屏幕，除非同时给了 --format
  --year 年份         指定报告年度（默认从文中判断）
  --fail-under 分数   低于这个分数即算不合要求（退出码 1）
  --strict            有薄弱或缺失的要素、有错误级的问题，即算不合要求
  --exit-zero         报告不合要求时退出码也为 0（无法审查仍为 2）
  --config 文件       从 TOML 文件读取以上选项；命令行上的优先，
                      --no-strict 之类可取消文件中的设置
  --quiet             不显示进度和说明，只显示结果和错误
  -h, --help          显示这份说明

格式（括号内是 -o 的后缀）：
  table     表格（.txt）
  json      全部结果，供程序读取（.json）
  html      网页，原文标出依据和问题，可打印（.html），需要 checker[html]
  xlsx      Excel：总表和问题清单（.xlsx），需要 checker[office]
  csv       每个要素、每处问题一行（.csv）
  markdown  合并请求中的评论（.md）
  png、svg  各份报告各项要素的结论图（.png、.svg），需要 checker[plots]
  sarif     SARIF 2.1.0，供代码审查平台读取（.sarif）
  junit     JUnit，供持续集成读取（.xml）
  github    GitHub Actions 批注
  gitlab    GitLab Code Quality，如 -o gitlab:gl-code-quality.json

退出码：
  0  全部通过
  1  有报告不合要求，或不是这类文件
  2  无法审查或没有全部审查（文件读不了、规则包有误、用法有误）

例子：
  checker score 报告.txt
  checker score 报送/ -o 结果.html -o 结果.xlsx
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
    from checker.commands.packs import DEFAULT, open_pack

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
    pack = open_pack(given.get("pack", DEFAULT))
    _check_fail_under(given.get("fail_under"), pack)
    shown = not given.get("quiet") and len(reports) > 5 and sys.stderr.isatty()
    result = judge_all(files.each_with_progress(reports, shown), pack, given.get("year"))
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


def _check_fail_under(least: float | None, pack: CompiledPack) -> None:
    full = pack.pack.scale.max_score
    if least is not None and least > full:
        raise UsageError(f"选项 --fail-under：{least:g} 超过了满分 {full:g}。")


def _write(path: str, format: str, result: RunResult, quiet: bool) -> bool:
    """Whether an output could be written; if not, one line says why."""
    try:
        files.write_aside(path, render(result, format))
    except OSError as error:
        output.tell(f"无法写入 {path}：{output.reason(error)}。")
        return False
    except CheckerError as error:
        output.tell(f"无法写入 {path}：{error}")
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
