"""``checker score``: judge reports by a pack and show the result."""

from __future__ import annotations

import os
import sys
from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING

from checker.commands import NOT_DONE, PASSED, files, output
from checker.commands.arguments import Parser, number_between, one_of, whole_number, words, year
from checker.errors import CheckerError, UsageError
from checker.render import RENDERERS, Style, render

if TYPE_CHECKING:
    from checker.models.result import RunResult

HELP = """\
用法：checker score 文件|目录|通配符... [选项]

审查年度报告：逐项要素的结论与依据、问题与改法、得分与等次。
可以审查纯文本、Word（docx、doc）、WPS、PDF、OFD、ODT、RTF 和网页；扫描件和图片
需要 checker[ocr]。目录和 .zip 压缩包代表其中所有这类文件；- 代表标准输入。

怎样审查：
  --pack 规则包       规则包的编号或目录（默认 law-gov）；auto 按文件种类逐份
                      选用，全部编号见 checker rules list --packs
  --previous 文件     与上年度报告比对：上年提出的事有没有着落、照抄的段落、
                      没有变的数字和年份；也可以是目录，按机关名称配对
  --explain 规则编号  说明一条规则在这份报告里为什么这样判断，不评分；
                      再加 --all 列出找的全部写法和条件
  --year 年份         指定报告年度（默认从文中判断）
  --disable 规则      停用一条规则；可给出多次或以逗号分隔
  --exclude 通配符    略过相符的文件，如 '作废/' '*.旧稿.txt'；可给出多次
  --jobs 数目         同时用几个进程（默认：文件多时用全部处理器核心）

结果：
  --format 格式       显示到屏幕的格式（默认 table），见下“格式”
  -o, --output 文件   把结果写入文件，后缀决定格式，也可以写 格式:文件；
                      可以给出多次。给了 -o 就不再输出到屏幕，
                      除非同时给了 --format。
                      写 格式:目录/ 则每份报告各写一个文件，如 docx:审查/
                      写成 审查/原名.reviewed.docx
  --quiet             不显示进度和说明，只显示结果和错误

怎样算不合要求（退出码 1）：
  --fail-under 分数   低于这个分数
  --fail-on 情形      有这些情形之一；可给出多次或以逗号分隔，默认
                      not-passed,other。可用：
                        not-passed 未通过（缺必备内容，或低于合格线）
                        other      不是这类文件
                        missing    有缺失的要素；weak 有薄弱或缺失的要素
                        error      有错误级的问题；warning 有警告级以上的；
                        note       有任何问题；none 都不算
                        规则编号   这项要素没有达标，或有这类问题
  --strict            相当于再加 --fail-on weak,error
  --exit-zero         报告不合要求时退出码也为 0（无法审查仍为 2）

豁免与基线（豁免的和基线中已有的照样显示、照样扣分，只是不算不合要求）：
  --ignore 文件       豁免清单（默认取报告所在目录或其上级目录中最近的
                      .checker-ignore.yaml）；每项写明 rule 或 fingerprint、
                      reason（理由），可写 quote（原文）、file、until（截止日）
  --no-ignore         不用豁免清单
  --write-baseline 文件
                      把现在的结果记为基线
  --baseline 文件     只算比基线新增的；已经改好的会说明

设置文件：
  --config 文件       从 TOML 文件读取以上选项（默认取当前目录或其上级目录中
                      最近的 checker.toml 或 pyproject.toml 的
                      [tool.checker]）；命令行上的优先，
                      --no-strict 之类可取消文件中的设置。
                      [[paths]] 下写 match = "街道/**" 和只用于这些文件的
                      pack、year、fail-under、fail-on、strict、disable
  --no-config         不用设置文件

  -h, --help          显示这份说明

格式（括号内是 -o 的后缀）：
  table     表格（.txt）
  json      全部结果，供程序读取（.json）
  html      网页，原文标出依据和问题，可打印（.html），需要 checker[html]
  xlsx      Excel：总表和问题清单（.xlsx），需要 checker[office]
  docx      Word：在原文上加批注，版式不变（.docx，一个文件一份报告），
            需要 checker[office]
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
  checker score 报告.docx -o 批注.docx
  checker score 草稿/ --fail-under 80 --fail-on missing,error --jobs 4
  checker score 2024.txt --previous 2023.txt
  checker score 报告.txt --explain first-responsible
  cat 报告.txt | checker score - --format json
"""


def parser() -> Parser:
    """The options of the command."""
    options = Parser("checker score")
    options.add_argument("--pack")
    options.add_argument("--format", type=one_of(*RENDERERS))
    options.add_argument("-o", "--output", action="append")
    options.add_argument("--previous")
    options.add_argument("--explain")
    options.add_argument("--all", action="store_true")
    options.add_argument("--year", type=year)
    options.add_argument("--fail-under", type=number_between(0, 1000, "一个分数，如 80"))
    options.add_argument("--fail-on", action="extend", type=words)
    options.add_argument("--disable", action="extend", type=words)
    options.add_argument("--exclude", action="append")
    options.add_argument("--ignore")
    options.add_argument("--no-ignore", action="store_true")
    options.add_argument("--baseline")
    options.add_argument("--write-baseline")
    options.add_argument("--jobs", type=whole_number(1, 256))
    options.add_argument("--config")
    options.add_argument("--no-config", action="store_true")
    for flag in ("--strict", "--exit-zero", "--quiet"):
        options.add_argument(flag, action=BooleanOptionalAction)
    return options


def run(argv: list[str]) -> int:
    """Judge, show, and tell by the exit code how it came out."""
    from checker.commands.settings import find_settings

    reader = parser()
    typed, operands = reader.read(argv)
    if typed.get("help"):
        output.show(HELP)
        return PASSED
    settings = find_settings(typed, reader)
    if not operands:
        raise UsageError("没有给出要审查的文件。例如：checker score 报告.txt")
    if "all" in typed and "explain" not in typed:
        raise UsageError("--all 只与 --explain 同用，例如：checker score 报告.txt --explain causes --all")
    from checker.commands import folders
    from checker.commands.running import Run

    run = Run(settings, typed)
    skipped: list[str] = []
    reports = run.kept(files.find_reports(operands, skipped), operands)
    if "explain" in typed:
        from checker.commands.explain_report import explain

        _tell_left_out(skipped, [], run.quiet)
        return explain(typed, run.tasks(reports, keep_text=True), run.packs)
    asked = folders.part(run.options.get("output", ()), run.options.get("format"))
    earlier = set(folders.results_among((name for name, _ in reports if name not in operands), asked))
    reports = [report for report in reports if report[0] not in earlier]
    _tell_left_out(skipped, sorted(earlier), run.quiet)
    if earlier and not reports:
        raise UsageError("除了以前写下的结果，没有可以审查的文件。")
    names = [name for name, _ in reports]
    kept = run.reads([*operands, *names])
    outputs = files.check_outputs(asked.files, kept)
    folders.check_single(outputs, len(reports))
    screen = asked.format or (None if outputs or asked.folders else "table")
    formats = [name for name in (screen, *(name for _, name in (*outputs, *asked.folders))) if name]
    needs_source = any(RENDERERS[name].needs_source for name in formats)
    result = run.judge(run.tasks(reports, needs_source))
    _tell_troubles(result)
    written = [_write(path, format, result, run.quiet) for path, format in outputs]
    written += [_write_each(place, result, operands, kept, run.quiet) for place in asked.folders]
    if screen:
        _show(result, screen)
    return run.verdict(result) if all(written) else NOT_DONE


def _tell_left_out(unreadable: list[str], earlier: list[str], quiet: bool) -> None:
    if quiet:
        return
    if unreadable:
        first = files.printable(unreadable[0])
        output.tell(f"目录里另有 {len(unreadable)} 个文件不是可读的格式，没有审查（如 {first}）。")
    if earlier:
        first = files.printable(earlier[0])
        output.tell(f"以前写下的 {len(earlier)} 个结果文件没有审查（如 {first}）。")


def _tell_troubles(result: RunResult) -> None:
    for error in result.errors:
        output.tell(f"{'标准输入' if error.file == '-' else error.file}：{error.message}")
    for error in result.previous_errors:
        output.tell(f"上年度的报告 {error.file} 没有用来比对：{error.message}")
    for report in result.reports:
        if report.rule_errors:
            rules = "、".join(report.rule_errors)
            output.tell(f"{report.file}：有规则运行出错，没有检查：{rules}。请把这一行告诉维护者。")


def _write(path: str, format: str, result: RunResult, quiet: bool) -> bool:
    """Whether an output could be written; if not, one line says why."""
    from datetime import datetime

    try:
        files.write_aside(path, render(result, format, Style(time=datetime.now())))
    except OSError as error:
        output.tell(f"无法写入 {path}：{output.reason(error)}。")
        return False
    except CheckerError as error:
        output.tell(f"无法写入 {path}：{error}")
        return False
    if not quiet:
        output.tell(f"结果已写入 {path}")
    return True


def _write_each(place: tuple[str, str], result: RunResult, operands: list[str], kept: list[str], quiet: bool) -> bool:
    """Whether every report's own file could be written into a folder in a format."""
    from checker.commands import folders

    folder, format = place
    try:
        each = list(folders.each_report(folder, format, result, operands, kept))
    except OSError as error:
        output.tell(f"无法建立目录 {folder}：{output.reason(error)}。")
        return False
    written = [_write(path, format, one, quiet) for path, one in each]
    return all(written)


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
