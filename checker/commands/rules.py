"""``checker rules``: list, show, check and test the rules of a pack, and make JSON Schemas for editors."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.commands import FELL_SHORT, NOT_DONE, PASSED, output
from checker.commands.arguments import Parser, rule_suggestion, suggestion
from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    from checker.cases import CaseResult
    from checker.models.rule import Element, FindingRule, RulePack

HELP = """\
用法：checker rules list|show|check|test|schema [选项]

查看、检查、测试规则包。规则包写编号（如 law-gov）或目录。

子命令：
  list [规则包]         列出全部规则：编号、名称、类别、分值或级别
      --packs           列出随软件安装的规则包
  show 规则编号         用文字说明一条规则：什么算数、依据、线索、例子、建议
      --pack 规则包     默认 law-gov
      --all             列出全部说法和例子
  check [规则包]        检查规则包有没有写错（默认检查随软件安装的全部规则包）
  test [规则包]         运行规则旁的用例（*.cases.yaml），有不符的退出码为 1
      --rule 规则编号   只运行一条规则的用例，可以给出多次
  schema [文件种类]     输出 JSON Schema，供编辑器检查和补全；种类：
                        pack sections lexicon element finding cases
                        comparison timeline；settings（checker.toml）；
                        exemptions（.checker-ignore.yaml）；
                        result 是 JSON 结果的格式
      -o, --output 目录 写入目录，每种文件一份
      --overlay         用于以 extends 继承别的规则包的文件：只写有变动的键

选项：
  -h, --help            显示这份说明

例子：
  checker rules show first-responsible
  checker rules check 我的规则/
  checker rules test --rule terminology
  checker rules schema -o .vscode/schemas
"""


def run(argv: list[str]) -> int:
    """Find the subcommand and run it."""
    if not argv or argv[0] in ("-h", "--help") or "--help" in argv or "-h" in argv:
        output.show(HELP)
        return PASSED if argv else NOT_DONE
    command = _COMMANDS.get(argv[0])
    if command is None:
        end = suggestion(argv[0], _COMMANDS, f"，可用：{'、'.join(_COMMANDS)}。")
        raise UsageError(f"rules 没有名为“{argv[0]}”的子命令{end}用法见 checker rules --help。")
    return command(argv[1:])


def _read(
    name: str, argv: list[str], most: int, *options: tuple[str, ...], flags: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Options and operands of a subcommand; more operands than it takes are wrong usage."""
    parser = Parser(f"checker rules {name}")
    for option in options:
        parser.add_argument(*option, action="append" if option == ("--rule",) else "store")
    for flag in flags:
        parser.add_argument(flag, action="store_true")
    given, operands = parser.read(argv)
    if len(operands) > most:
        raise UsageError(f"多出了“{operands[most]}”。用法见 checker rules --help。")
    return given, operands


def _list(argv: list[str]) -> int:
    """A table of all rules of a pack, or of all packs."""
    given, operands = _read("list", argv, 1, ("--pack",), flags=("--packs",))
    from checker.commands.packs import DEFAULT
    from checker.commands.tables import table_of_packs, table_of_rules
    from checker.packs import load_pack, pack_ids

    if "packs" in given:
        output.show(table_of_packs([load_pack(name) for name in pack_ids()], DEFAULT))
        return PASSED
    output.show(table_of_rules(load_pack(operands[0] if operands else given.get("pack", DEFAULT)), pack_ids()))
    return PASSED


def _show(argv: list[str]) -> int:
    """One rule on a page."""
    given, operands = _read("show", argv, 1, ("--pack",), flags=("--all",))
    if not operands:
        raise UsageError("请给出规则编号，例如：checker rules show first-responsible；全部编号见 checker rules list。")
    from checker.commands.packs import DEFAULT
    from checker.commands.placing import find_in_files
    from checker.commands.show_rule import page
    from checker.packs import case_files, lineage, load_pack

    name, wanted = given.get("pack", DEFAULT), operands[0]
    pack = load_pack(name)
    rules = _rules(pack)
    if wanted not in rules:
        end = rule_suggestion(
            wanted, {id: rule.title for id, rule in rules.items()}, "。全部编号见 checker rules list。"
        )
        raise UsageError(f"规则包 {pack.id} 里没有名为“{wanted}”的规则{end}")
    by_folder = ([file for _, file in case_files(folder) if file.rule == wanted] for folder in lineage(name))
    files = next((files for files in by_folder if files), [])  # a changed rule has cases of its own
    place = find_in_files(name, f"id: {wanted}")
    where = f"{min(str(place[0]), os.path.relpath(place[0]), key=len)} 第 {place[1]} 行" if place else "不明"
    output.show(page(rules[wanted], [case for file in files for case in file.cases], pack, where, "all" in given))
    return PASSED


def _check(argv: list[str]) -> int:
    """One line a pack: in order, or the mistake."""
    from checker.packs import pack_ids

    given, operands = _read("check", argv, 50, ("--pack",))
    faulty = False
    for name in operands or ([given["pack"]] if "pack" in given else pack_ids()):
        try:
            output.show(_checked(name) + "\n")
        except CheckerError as error:
            output.tell(str(error))
            faulty = True
    return NOT_DONE if faulty else PASSED


def _checked(name: str) -> str:
    """What a sound pack holds.  Raises ``PackError`` for a mistake in it or in its cases."""
    from checker.commands.packs import open_pack
    from checker.commands.vet import vet
    from checker.packs import tested_with

    ready = open_pack(name)
    pack, count = ready.pack, vet(ready.pack, tested_with(name))
    return (
        f"规则包 {pack.id} {pack.version} 没有错误：要素 {len(pack.elements)} 项，问题 {len(pack.findings)} 类，"
        f"概念 {len(pack.concepts)} 个，说法 {len(ready.matcher.plan.words.all)} 条，用例 {count} 个。"
    )


def _test(argv: list[str]) -> int:
    """Run the cases; failures and known gaps are listed."""
    from checker.cases import run_cases
    from checker.commands.packs import open_pack
    from checker.packs import pack_ids
    from checker.packs.explain import key_line

    given, operands = _read("test", argv, 50, ("--pack",), ("--rule",))
    failed = 0
    for name in operands or ([given["pack"]] if "pack" in given else pack_ids()):
        ready = open_pack(name)
        _check_rules(given.get("rule", ()), list(_rules(ready.pack)))
        results = [case for case in run_cases(name) if case.rule in given.get("rule", [case.rule])]
        bad = [(case, case.problem or "已经做到，请删去 todo") for case in results if _is_bad(case)]
        gaps = [case for case in results if case.todo and case.problem]
        for case, problem in bad:
            line = key_line(case.path, case.name)
            place = f"{case.path}{f' 第 {line} 行' if line else ''}"
            output.show(f"不符  {place}  {case.rule}“{case.name}”：{' '.join(problem.split())}\n")
        for case in gaps:
            output.show(f"尚未做到  {case.rule}“{case.name}”：{case.todo}\n")
        output.show(f"规则包 {name}：用例 {len(results)} 个，不符 {len(bad)} 个，尚未做到 {len(gaps)} 个。\n")
        failed += len(bad)
    return FELL_SHORT if failed else PASSED


def _is_bad(case: CaseResult) -> bool:
    """A case that fails, or a known gap that is none any more."""
    return (case.problem is None) == (case.todo is not None)


def _rules(pack: RulePack) -> dict[str, Element | FindingRule]:
    """All rules of a pack by id."""
    rules: dict[str, Element | FindingRule] = {rule.id: rule for rule in pack.elements}
    rules.update({rule.id: rule for rule in pack.findings})
    return rules


def _check_rules(wanted: Iterable[str], known: list[str]) -> None:
    for rule in wanted:
        if rule not in known:
            raise UsageError(f"没有名为“{rule}”的规则{suggestion(rule, known)}")


def _schema(argv: list[str]) -> int:
    """Print or write the schemas."""
    given, operands = _read("schema", argv, 1, ("-o", "--output"), flags=("--overlay",))
    from checker.commands import schemas
    from checker.packs.schema import KINDS, schema

    known = [*KINDS, *schemas.KINDS]
    for kind in operands:
        if kind not in known:
            allowed = f"，可用：{'、'.join(known)}。"
            raise UsageError(f"没有“{kind}”这种文件{suggestion(kind, known, allowed)}")
    made = {
        kind: schema(kind, "overlay" in given) if kind in KINDS else schemas.schema(kind) for kind in operands or known
    }
    if "output" in given:
        return _write_schemas(Path(given["output"]), made)
    output.show(_dump(made[operands[0]] if operands else made), utf8=True)
    return PASSED


def _write_schemas(folder: Path, made: dict[str, dict[str, Any]]) -> int:
    from checker.commands.files import write_aside

    try:
        os.makedirs(folder, exist_ok=True)
        for kind, content in made.items():
            write_aside(str(folder / f"{kind}.schema.json"), _dump(content))
    except OSError as error:
        raise UsageError(f"无法写入 {folder}：{output.reason(error)}。") from None
    output.tell(f"已写入 {folder}：{'、'.join(f'{kind}.schema.json' for kind in made)}")
    return PASSED


def _dump(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "list": _list, "show": _show, "check": _check, "test": _test, "schema": _schema,
}  # fmt: skip
