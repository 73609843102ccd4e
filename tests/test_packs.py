"""Rule packs: each kind of mistake is answered with file, line, what is wrong, what is allowed; overlays; schemas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny import GOOD, TINY_PACK, write_pack

from checker import check, load_pack
from checker.cli import main
from checker.errors import PackError
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.models.rule import RulePack
from checker.packs import case_files, find_pack, pack_ids
from checker.packs.schema import KINDS, schema

LOANS, TYPO = "elements/01-loans.yaml", "findings/typo.yaml"


def judge(pack: RulePack, text: str = GOOD) -> ReportResult:
    return check(RawReport("x", text), pack)


def change(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """One file of the small pack with one change."""
    assert TINY_PACK[name].count(old) >= 1, (name, old)
    return {name: TINY_PACK[name].replace(old, new, 1)}


def mistake(folder: Path, changes: dict[str, str | bytes | None], capsys: pytest.CaptureFixture[str]) -> str:
    """What ``checker rules check`` says of the small pack with some changes: one line, exit code 2."""
    assert main(["rules", "check", str(write_pack(folder / "p", changes))]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "Error" not in err, err
    return err


# (file, old, new) -> (line, what must be told)
MISTAKES = [
    (LOANS, "weight: 60", "wieght: 60", 5, ["不认识的键“wieght”", "是否想写“weight”"]),
    (LOANS, "denied: either", "denid: either", 10, ["不认识的键“denid”", "是否想写“denied”"]),
    (LOANS, "denied: either", "near: [{any: x, withn: clause}]", 10, ["是否想写“within”"]),
    (LOANS, "denied: either", "denied: maybe", 10, ["denied 的值“maybe”无效", "no、yes、either"]),
    (LOANS, "denied: either", "near: [{any: x, within: line}]", 10, ["within", "clause、segment、sentence"]),
    (LOANS, "advice: 写明借阅的数量。\n", "", 1, ["缺少必填的 advice"]),
    (LOANS, "weight: 60", "weight: 很多", 5, ["weight 的值“很多”不是数字"]),
    (LOANS, "weight: 60", "weight: 600", 5, ["weight 的值 600 太大"]),
    (LOANS, "order: 1", "order: x", 4, ["order 的值“x”不是整数"]),
    (LOANS, 'any: "{lend}…{quantity}"', "any: {a: 1}", 9, ["any 应为列表"]),
    (LOANS, 'any: "{lend}…{quantity}"', "any: [1]", 9, ["any 应为文字"]),
    (LOANS, "id: loans", "id: Loans X", 1, ["id 的值“Loans X”写法不对"]),
    (LOANS, "met: act", "met: acts", 1, ["acts 不在 clues 中", "act、named"]),
    (LOANS, "met: act", "met: {al: [act]}", 11, ["不认识的键“al”", "是否想写“all”"]),
    (LOANS, "met: act", "met: {any: [act], all: [named]}", 11, ["只能写 any、all、none、count"]),
    (LOANS, "met: act", "met: {fact: titel-line}", 11, ["fact 的值“titel-line”无效", "title-line、title-year"]),
    (LOANS, ", missing: 没有写借阅。", "", 1, ["reasons 缺少：missing"]),
    (LOANS, "missing: 没有写借阅。", "mising: 没有写借阅。", 13, ["mising", "met、weak、missing"]),
    (LOANS, "[图书馆工作规程]", "[]", 6, ["basis 不能为空"]),
    (LOANS, "weight: 60", "weight: 60\napplies: {years: 从2019}", 6, ["years 的值“从2019”写法不对"]),
    (LOANS, "weight: 60", "weight: 60\nweight: 50", 6, ["键“weight”写了两次"]),
    (LOANS, "weight: 60", "weight: [60", 6, ["不是合法的 YAML", "缺少逗号或右括号"]),
    (LOANS, "  act:", "\tact:", 9, ["不是合法的 YAML", "制表符"]),
    (LOANS, "part: required", "part: &p required\nwhy: *p", 4, ["不使用 YAML 别名"]),
    (LOANS, "part: required", "part: !!python/object/apply:os.getcwd []", 3, ["不使用 YAML 标签"]),
    (LOANS, "{lend}…{quantity}", "{lnd}…{quantity}", 9, ["不存在的概念 {lnd}"]),
    (LOANS, "{lend}…{quantity}", "(甲|乙…{quantity}", 9, ["括号不配对"]),
    (LOANS, "{lend}…{quantity}", "{lend…{quantity}", 9, ["花括号写法有误"]),
    (LOANS, "{lend}…{quantity}", "{lend}…", 9, ["不能以省略"]),
    (LOANS, "{lend}…{quantity}", "{lend}{..999}{quantity}", 9, ["999 超出范围", "1 到 200"]),
    (LOANS, "{lend}…{quantity}", "", 9, ["可能为空"]),
    (LOANS, "{lend}…{quantity}", "(一|二{lend}){quantity}" * 9, 9, ["组合过多", "最多"]),
    (TYPO, "severity: error", "severity: eror", 3, ["severity 的值“eror”无效", "error、warning、note"]),
    (TYPO, "detect: phrases", "detect: phrase", 4, ["detect 的值“phrase”无效", "phrases、"]),
    (TYPO, "find: 图书官", "fnd: 图书官", 9, ["不认识的键“fnd”", "是否想写“find”"]),
    (TYPO, "find: 图书官", 'find: "[图书官"', 9, ["括号不配对"]),
    (TYPO, "right: 图书馆", "swap: [a]", 9, ["swap 应为“键: 值”的形式"]),
    ("lexicon/common.yaml", "any: [借阅图书", "ayn: [借阅图书", 3, ["不认识的键“ayn”", "是否想写“any”"]),
    ("lexicon/common.yaml", "[导读, 领读]", '["{x}读"]', 4, ["不存在的概念 {x}"]),
    ("lexicon/common.yaml", "[导读, 领读]", '["{guide}读"]', 4, ["直接或间接引用了自己"]),
    ("sections.yaml", "time: planned", "time: plan", 6, ["time 的值“plan”无效", "done、planned、either"]),
    ("sections.yaml", "default: work-done", "default: workdone", 1, ["“workdone”", "是否想写 work-done"]),
    ("sections.yaml", "account: [preamble", "account: [preambl", 2, ["“preambl”", "是否想写 preamble"]),
    ("sections.yaml", "headings: [下一步]", 'headings: ["(下一步"]', 6, ["括号不配对"]),
    ("pack.yaml", "version: 1.0.0", "version: 1.0.0\nverison: 2", 4, ["是否想写“version”"]),
    ("pack.yaml", "deductions_cap: 10", "deductions_cap: ten", 14, ["不是数字"]),
    ("pack.yaml", "{name: 合格, from: 60}", "{name: 合格, form: 60}", 17, ["是否想写“from”"]),
    ("pack.yaml", "报告\"]", "(报告\"]", 6, ["括号不配对"]),
    ("elements/01-loans.cases.yaml", "expect: met", "expect: mett", 3, ["expect 的值“mett”无效", "met、weak、missing"]),
    ("elements/01-loans.cases.yaml", "rule: loans", "rule: loan", 1, ["没有名为“loan”的规则", "是否想写 loans"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "line", "told"), MISTAKES, ids=lambda value: str(value)[:24])
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, line: int, told: list[str]
) -> None:
    message = mistake(tmp_path, change(name, old, new), capsys)
    assert f"规则文件 {tmp_path / 'p' / name} 第 {line} 行" in message
    assert all(part in message for part in told), message


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({LOANS: TINY_PACK[LOANS].encode("gbk")}, "01-loans.yaml 不是 UTF-8 编码"),
        ({LOANS: "#" * 1_100_000}, "01-loans.yaml 过大"),
        ({LOANS: ""}, "01-loans.yaml"),
        ({LOANS: "- a"}, "01-loans.yaml 第 1 行"),
        ({LOANS: "a: " + "[" * 5000 + "]" * 5000}, "01-loans.yaml"),
        ({"lexicon/x.yaml": "- a"}, "x.yaml 第 1 行"),
        (
            {"timeline.yaml": "- {id: a, names: b, kind: documnt, source: c}"},
            "timeline.yaml 第 1 行：kind 的值“documnt”无效",
        ),
        ({"sections.yaml": None}, "缺少 sections.yaml"),
        ({"pack.yaml": None}, "没有 pack.yaml"),
        ({"elements/03-again.yaml": TINY_PACK[LOANS]}, "规则 loans 在 01-loans.yaml 中已经有了"),
        (change("pack.yaml", "version: 1.0.0", "version: 1.0.0\nextends: lawgov"), "没有名为“lawgov”的规则包"),
        (change("pack.yaml", "version: 1.0.0", "version: 1.0.0\nextends: ../p"), "绕成了一圈"),
        (
            change(LOANS, "denied: either", "in: plann"),
            "第 10 行：没有名为“plann”的部分，是否想写 plan？可用：account、any",
        ),
        (
            change(LOANS, "part: required", "part: requird"),
            "01-loans.yaml 第 3 行：没有名为“requird”的计分部分，是否想写 required？可用：required、coverage",
        ),
        (
            change("pack.yaml", "version: 1.0.0", "version: 1.0.0\nparts: {required: {title: 甲, musst: true}}"),
            "pack.yaml 第 4 行：不认识的键“musst”，是否想写“must”？",
        ),
        (change("pack.yaml", "version: 1.0.0", "version: 1.0.0\nswitch_off: [x]"), "pack.yaml 第 4 行：switch_off"),
        (
            change(TYPO, "detect: phrases", "detect: phrases\noptions: {x: 1}"),
            "typo.yaml 第 5 行：不认识的键“x”，可用：无",
        ),
        (
            change(TYPO, "detect: phrases", "detect: repetition\noptions:\n  at_lest: 1"),
            "typo.yaml 第 6 行：不认识的键“at_lest”，是否想写“at_least”？",
        ),
        (
            change(TYPO, "detect: phrases", "detect: numbering\noptions:\n  say: {jmp: 跳号}"),
            "typo.yaml 第 6 行：不认识的键“jmp”，可用：late、jump、repeat、back",
        ),
        (
            change(TYPO, "detect: phrases", "detect: plan-year\noptions:\n  before_plan: [problms]"),
            "typo.yaml 第 6 行：没有名为“problms”的部分",
        ),
        (
            {"timeline.yaml": "- {id: a, names: b, kind: law, source: c, begins: 2021-13-01}"},
            "timeline.yaml 第 1 行：“2021-13-01”不是真实的日期，应为年、年-月或年-月-日",
        ),
        (
            {"timeline.yaml": "- {id: a, names: b, kind: law, source: c, ends: 去年}"},
            "timeline.yaml 第 1 行：ends 的值“去年”写法不对",
        ),
        (
            {"timeline.yaml": "- {id: a, names: b, kind: law, source: c, ends: '2021-8'}"},
            "timeline.yaml 第 1 行：ends 的值“2021-8”写法不对",
        ),
        (change(LOANS, "met: act", "met: act\nshows: [gone]"), "gone 不在 clues 中"),
    ],
)
def test_other_mistakes_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, str | bytes | None], told: str
) -> None:
    (tmp_path / "p").mkdir()
    if "extends: ../p" in str(changes.get("pack.yaml")):
        changes = {"pack.yaml": str(changes["pack.yaml"]).replace("../p", str(tmp_path / "p"))}
    assert told in mistake(tmp_path, changes, capsys)


def test_aliases_are_refused_before_they_grow(tmp_path: Path) -> None:
    """A billion laughs: nine lines that would become a thousand million entries."""
    lines = ["a: &a [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"{b}: &{b} [{','.join(['*' + a] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    write_pack(tmp_path / "p", {LOANS: "\n".join(lines)})
    with pytest.raises(PackError, match=r"第 2 行：规则文件不使用 YAML 别名"):
        load_pack(tmp_path / "p")


def test_a_star_or_ampersand_in_words_is_no_alias(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "p", change(LOANS, "title: 图书借阅情况", 'title: "A & B * C"')))
    assert pack.elements[0].title == "A & B * C"


def test_scoring_with_a_faulty_pack_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write_pack(tmp_path / "p", change(LOANS, "{lend}…{quantity}", "{lnd}…{quantity}"))
    assert main(["score", "x.txt", "--pack", str(bad)]) == 2
    err = capsys.readouterr().err
    assert "01-loans.yaml 第 9 行" in err and err.count("\n") == 1


# Finding packs


def test_packs_are_found_by_id_and_by_folder(tiny: Path) -> None:
    assert "law-gov" in pack_ids()
    assert find_pack("law-gov").name == "law-gov" and load_pack(tiny).id == "tiny" and load_pack(str(tiny)).id == "tiny"
    with pytest.raises(PackError, match="law-gov"):
        find_pack("law-gove")


def test_the_shipped_packs_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check"]) == 0
    assert capsys.readouterr().out.count("没有错误") == len(pack_ids())


# extends


def overlay(tmp_path: Path, files: dict[str, str]) -> RulePack:
    """A pack that extends the small one, with some files of its own."""
    parent, child = write_pack(tmp_path / "tiny"), tmp_path / "child"
    head = f"id: child\ntitle: 县图书馆年度报告\nversion: 2.0.0\nextends: {parent}\n"
    for name, text in {"pack.yaml": "", **files}.items():
        path = child / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((head if name == "pack.yaml" else "") + text, encoding="utf-8")
    return load_pack(child)


def test_an_overlay_inherits_everything(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {})
    assert (pack.id, pack.version) == ("child", "2.0.0")
    assert [element.id for element in pack.elements] == ["loans", "guides"]
    assert judge(pack).score == 100


def test_an_overlay_changes_one_key_of_a_rule(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"elements/loans.yaml": "id: loans\nweight: 20\n"})
    assert [(element.id, element.weight) for element in pack.elements] == [("loans", 20), ("guides", 40)]
    assert judge(pack, GOOD.replace("借阅图书5万册。", "")).score == pytest.approx(66.6)


def test_an_overlay_adds_wordings(tmp_path: Path) -> None:
    text = GOOD.replace("借阅图书5万册", "流通书刊5万册")
    assert judge(overlay(tmp_path / "a", {})).element("loans").verdict == "met"
    assert judge(overlay(tmp_path / "b", {}), text).element("loans").verdict == "missing"
    clue = 'id: loans\nclues:\n  act:\n    any: ["流通书刊…{quantity}"]\n'
    assert judge(overlay(tmp_path / "c", {"elements/l.yaml": clue}), text).element("loans").verdict == "met"
    added = "id: loans\nbasis+: [县里的规定]\n"
    assert overlay(tmp_path / "d", {"elements/l.yaml": added}).elements[0].basis == ["图书馆工作规程", "县里的规定"]


def test_an_overlay_switches_off_and_adds_rules(tmp_path: Path) -> None:
    extra = TINY_PACK["elements/02-guides.yaml"].replace("id: guides", "id: tours").replace("order: 2", "order: 3")
    pack = overlay(tmp_path, {"pack.yaml": "switch_off: [loans, typo]\n", "elements/tours.yaml": extra})
    assert [element.id for element in pack.elements] == ["guides", "tours"] and pack.findings == []


def test_an_overlay_changes_scale_concepts_and_sections(tmp_path: Path) -> None:
    pack = overlay(
        tmp_path,
        {
            "pack.yaml": "scale: {pass_from: 99.5}\n",
            "lexicon/own.yaml": "guide: [共读]\n",
            "sections.yaml": "roles:\n  plan: {headings+: [展望]}\n",
        },
    )
    assert pack.scale.pass_from == 99.5 and pack.scale.deductions_cap == 10
    assert pack.concepts["guide"].any == ["共读"] and pack.concepts["lend"].any == ["借阅图书", "外借图书"]
    assert pack.sections.roles["plan"].headings == ["下一步", "展望"] and pack.sections.roles["plan"].time == "planned"
    assert judge(pack).element("guides").verdict == "missing"


def test_a_mistake_in_an_overlay_names_the_overlay(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"child/elements/l\.yaml 第 2 行：不认识的键“wieght”"):
        overlay(tmp_path, {"elements/l.yaml": "id: loans\nwieght: 20\n"})


def test_the_parents_rules_and_cases_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overlay(tmp_path, {})
    assert main(["rules", "show", "loans", "--pack", str(tmp_path / "child")]) == 0
    assert "例子：达标" in capsys.readouterr().out


# JSON Schema


def errors(node: Any, rule: Any, root: Any, place: str = "") -> list[str]:
    """A small validator for what pydantic's schemas use; an unknown keyword fails, so that nothing is passed over."""
    known = {
        "$ref", "$defs", "$schema", "title", "description", "default", "type", "properties", "patternProperties",
        "required", "additionalProperties", "propertyNames", "items", "anyOf", "enum", "const", "pattern", "minimum",
        "maximum", "minItems", "oneOf", "discriminator",
    }  # fmt: skip
    assert set(rule) <= known, set(rule) - known
    if "$ref" in rule:
        return errors(node, root["$defs"][rule["$ref"].rsplit("/", 1)[1]], root, place)
    if "oneOf" in rule:
        tag, known = rule["discriminator"]["propertyName"], rule["discriminator"]["mapping"]
        if not isinstance(node, dict) or node.get(tag) not in known:
            return [f"{place}: {tag} is none of {list(known)}"]
        return errors(node, {"$ref": known[node[tag]]}, root, place)
    if "anyOf" in rule:
        tried = [errors(node, option, root, place) for option in rule["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    types: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    if rule.get("type") == "null":
        return [] if node is None else [f"{place}: not null"]
    if "type" in rule and (not isinstance(node, types[rule["type"]]) or (node is True and rule["type"] != "boolean")):
        return [f"{place}: {node!r} is no {rule['type']}"]
    found = []
    if node not in rule.get("enum", [node]) or node != rule.get("const", node):
        found.append(f"{place}: {node!r} not in {rule.get('enum')}")
    if "pattern" in rule and not re.search(rule["pattern"], node):
        found.append(f"{place}: {node!r} does not match")
    if (
        not rule.get("minimum", float("-inf"))
        <= (node if isinstance(node, int | float) else 0)
        <= rule.get("maximum", float("inf"))
    ):
        found.append(f"{place}: {node!r} out of range")
    if isinstance(node, list):
        found += ["too short"] if len(node) < rule.get("minItems", 0) else []
        found += [e for i, item in enumerate(node) for e in errors(item, rule.get("items", {}), root, f"{place}[{i}]")]
    if isinstance(node, dict):
        found += [f"{place}: lacks {key}" for key in rule.get("required", []) if key not in node]
        for key, value in node.items():
            patterns = [r for p, r in rule.get("patternProperties", {}).items() if re.search(p, key)]
            inner = rule.get("properties", {}).get(key) or (patterns or [rule.get("additionalProperties", True)])[0]
            if inner is False:
                found.append(f"{place}: unknown key {key}")
            elif inner is not True:
                found += errors(value, inner, root, f"{place}.{key}")
    return found


def files_of(folder: Path, kind: str) -> list[Path]:
    paths = sorted(folder.rglob(KINDS[kind][1]) if "*" in KINDS[kind][1] else folder.glob(KINDS[kind][1]))
    return [path for path in paths if kind == "cases" or not path.name.endswith(".cases.yaml")]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_schemas_accept_every_shipped_file(kind: str, tiny: Path, project: Path) -> None:
    checked = 0
    for folder in (tiny, *(path.parent for path in (project / "rules").glob("*/pack.yaml"))):
        head = yaml.safe_load((folder / "pack.yaml").read_text(encoding="utf-8"))
        made = schema(kind, overlay="extends" in head or "abstract" in head)
        for path in files_of(folder, kind):
            assert errors(yaml.safe_load(path.read_text(encoding="utf-8")), made, made) == [], path
            checked += 1
    assert checked or kind == "timeline"


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "told"),
    [
        m
        for m in MISTAKES
        if any(word in "".join(m[4]) for word in ("不认识的键", "无效", "不是数字", "应为", "缺少必填"))
    ],
    ids=lambda value: str(value)[:24],
)
def test_the_schemas_refuse_what_the_loader_refuses(name: str, old: str, new: str, line: int, told: list[str]) -> None:
    kind = "cases" if ".cases." in name else {"elements": "element", "findings": "finding"}.get(name.split("/")[0])
    kind = kind or ("lexicon" if name.startswith("lexicon") else name.removesuffix(".yaml"))
    made = schema(kind)
    assert errors(yaml.safe_load(TINY_PACK[name]), made, made) == []
    assert errors(yaml.safe_load(TINY_PACK[name].replace(old, new, 1)), made, made) != []


def test_the_overlay_schema_asks_only_for_the_id() -> None:
    change_of_weight = {"id": "loans", "weight": 20, "basis+": ["x"], "clues": {"act": {"any+": ["y"]}}}
    plain, loose = schema("element"), schema("element", overlay=True)
    assert errors(change_of_weight, plain, plain) and errors(change_of_weight, loose, loose) == []
    assert errors({"id": "loans", "wieght": 20}, loose, loose)
    assert errors({"weight": 20}, loose, loose)


def test_cases_are_read_in_order(tiny: Path) -> None:
    files = list(case_files(tiny))
    assert [path.name for path, _ in files] == ["01-loans.cases.yaml"] and len(files[0][1].cases) == 3


def test_a_pack_of_too_many_files_is_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.packs.loader.MAX_FILES", 3)
    with pytest.raises(PackError, match="文件过多（超过 3 个"):
        load_pack(tiny)


def test_dates_of_the_timeline_are_read_as_yaml_gives_them(tiny: Path) -> None:
    """Elsewhere YAML takes 2021-08-11 for a date and 2021 for a number; here both are dates of the timeline."""
    entries = "- {id: a, names: 甲, kind: law, source: x, begins: 2021-08-11, ends: 2022-12}\n"
    entries += "- {id: b, names: 乙, kind: law, source: x, begins: 2021}\n"
    (tiny / "timeline.yaml").write_text(entries, encoding="utf-8")
    first, second = load_pack(tiny).timeline
    assert (first.begins, first.ends, second.begins) == ("2021-08-11", "2022-12", "2021")
