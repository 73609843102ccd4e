"""Overlays: a small pack changes what it says and nothing else; the shipped ones for Shenzhen and Jilin."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import GOLD, ROOT, SEEDS, source
from tiny import GOOD, TINY_PACK, write_pack

from checker import check, load_pack
from checker.cli import main
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.errors import PackError
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.models.rule import RulePack
from checker.packs import lineage, pack_ids
from checker.packs.folders import is_abstract
from checker.render.width import width

ALL = [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]


def judge(pack: CompiledPack | RulePack, path: Path) -> ReportResult:
    return check(RawReport(path.name, source(path)), pack)


@pytest.fixture(scope="module")
def shenzhen() -> CompiledPack:
    return compile_pack(load_pack("law-gov-shenzhen"))


@pytest.fixture(scope="module")
def jilin() -> CompiledPack:
    return compile_pack(load_pack("law-gov-jilin"))


# Shenzhen


def test_shenzhen_asks_for_the_eight_areas_of_its_guide(shenzhen: CompiledPack) -> None:
    areas = [(element.title, element.weight) for element in shenzhen.pack.elements if element.part == "coverage"]
    assert [title for title, _ in areas] == [
        "法治政府建设的组织领导", "政府职能依法全面履行", "健全依法行政制度", "科学民主依法决策", "严格规范公正文明执法",
        "行政权力制约和监督", "法治政府对法治社会的带动", "数字法治政府建设",
    ]  # fmt: skip
    assert sum(weight for _, weight in areas) == 30


def test_shenzhen_leaves_the_required_part_and_the_findings_alone(shenzhen: CompiledPack, pack: CompiledPack) -> None:
    assert [e for e in shenzhen.pack.elements if e.part == "required"] == [
        e for e in pack.pack.elements if e.part == "required"
    ]
    assert shenzhen.pack.findings == pack.pack.findings and shenzhen.pack.sections == pack.pack.sections
    for path in ALL:
        here, there = judge(shenzhen, path), judge(pack, path)
        assert [e for e in here.elements if e.part == "required"] == [
            e for e in there.elements if e.part == "required"
        ], path
        assert here.findings == there.findings


def test_in_shenzhen_verdicts_of_the_areas_taken_over_are_the_same(shenzhen: CompiledPack, pack: CompiledPack) -> None:
    same = ("leadership", "functions", "institutions", "decisions", "enforcement", "oversight", "digital")
    for path in ALL:
        here, there = judge(shenzhen, path), judge(pack, path)
        verdicts = [{e.id: e.verdict for e in result.elements if e.id in same} for result in (here, there)]
        assert verdicts[0] == verdicts[1] and here.kind == there.kind, path


def test_in_shenzhen_six_areas_of_eight_earn_a_bureau_the_whole_part(shenzhen: CompiledPack) -> None:
    result = judge(shenzhen, GOLD / "d01.txt")
    counted = [element.max_points for element in result.elements if element.part == "coverage" and element.max_points]
    assert result.level == "city" and counted == [5.0] * 6


def test_shenzhen_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "digital", "--pack", "law-gov-shenzhen"]) == 0
    out = capsys.readouterr().out.replace("\n", "").replace(" ", "")
    assert "深圳指引的八个一级事项" in out and "36个二级、135个三级事项" in out and "未列入" in out


# Jilin


@pytest.mark.parametrize(
    ("title", "verdict", "reason"),
    [
        ("松江县水利局2024年法治政府建设年度报告", "met", "写明了机关"),
        ("松江县水利局2024年法治政府建设情况报告", "weak", "名称应统一为“法治政府建设年度报告”"),
        ("松江县水利局法治政府建设年度报告", "weak", "没有写明是哪一年度"),
    ],
)
def test_jilin_fixes_the_name_of_the_report(jilin: CompiledPack, title: str, verdict: str, reason: str) -> None:
    element = check(RawReport("x", f"{title}\n一、工作情况\n办理许可12件。查处案件3件。开展检查9次。"), jilin).element(
        "title"
    )
    assert element.verdict == verdict and reason in element.reason


def test_jilin_changes_the_title_alone(jilin: CompiledPack, pack: CompiledPack) -> None:
    assert [e for e in jilin.pack.elements if e.id != "title"] == [e for e in pack.pack.elements if e.id != "title"]
    assert jilin.pack.findings == pack.pack.findings
    for path in ALL:
        here, there = judge(jilin, path), judge(pack, path)
        verdicts = [(e.id, e.verdict, e.points) for e in here.elements if e.id != "title"]
        assert verdicts == [(e.id, e.verdict, e.points) for e in there.elements if e.id != "title"], path


# An agency's own, in one file


def one_file(folder: Path, more: str) -> Path:
    write_pack(folder / "tiny")
    own = folder / "own"
    own.mkdir()
    head = f"id: own\ntitle: 本馆\nversion: 1.0.0\nextends: {folder / 'tiny'}\n"
    (own / "pack.yaml").write_text(head + more, encoding="utf-8")
    return own


def test_one_file_switches_off_a_rule_and_weighs_another_anew(tmp_path: Path) -> None:
    more = "switch_off: [typo]\nchanges:\n  loans: {weight: 10, basis+: [本馆规定]}\n  guides:\n    may_miss: true\n"
    own, parent = load_pack(one_file(tmp_path, more)), load_pack(tmp_path / "tiny")
    assert [(e.id, e.weight, e.may_miss) for e in own.elements] == [("loans", 10, False), ("guides", 40, True)]
    assert own.elements[0].basis == ["图书馆工作规程", "本馆规定"] and own.findings == []
    assert own.elements[0].clues == parent.elements[0].clues
    text = GOOD.replace("借阅图书5万册", "布置图书官展览6次")
    assert [f.id for f in check(RawReport("x", text), parent).findings] == ["typo"]
    result = check(RawReport("x", text), own)
    assert result.findings == [] and result.score == pytest.approx(80)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "changes:\n  lons: {weight: 1}\n",
            "pack.yaml 第 6 行：changes：继承来的规则里没有名为“lons”的规则，是否想写 loans？",
        ),
        ("changes:\n  loans: {wieght: 1}\n", "pack.yaml 第 6 行：不认识的键“wieght”，是否想写“weight”？"),
        ("changes:\n  loans:\n    weight: 多\n", "pack.yaml 第 7 行：weight 的值“多”不是数字"),
        (
            "switch_off: [typpo]\n",
            "pack.yaml 第 5 行：switch_off：继承来的规则里没有名为“typpo”的规则，是否想写 typo？",
        ),
        ("changes: loans\n", "pack.yaml 第 5 行：changes 应为“键: 值”的形式"),
    ],
)
def test_a_slip_in_the_one_file_is_told(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(one_file(tmp_path, more))
    assert told in str(caught.value)


# Packs that are only there to be extended


def test_a_pack_to_extend_judges_nothing_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert "common" not in pack_ids()
    assert main(["score", "x.txt", "--pack", "common"]) == 2
    assert "可用：gov-info、law-gov" in capsys.readouterr().err


def test_both_kinds_share_one_copy_of_the_common_rules(pack: CompiledPack) -> None:
    other = load_pack("gov-info")
    for rule_id in ("stray-mark", "numbering", "placeholder"):
        one, two = (next(f for f in p.findings if f.id == rule_id) for p in (pack.pack, other))
        assert one == two
        assert not any((ROOT / "rules" / name / "findings" / f"{rule_id}.yaml").exists() for name in pack_ids())


def test_an_official_format_adds_its_sums_to_the_common_rule_and_changes_nothing_else(pack: CompiledPack) -> None:
    one, two = (next(f for f in p.findings if f.id == "figure") for p in (pack.pack, load_pack("gov-info")))
    assert not one.options.tables.balances and len(two.options.tables.balances) == 2
    tables = two.options.tables.model_copy(update={"balances": []})
    assert one == two.model_copy(
        update={"basis": one.basis, "options": two.options.model_copy(update={"tables": tables})}
    )


def test_a_mistake_in_a_pack_to_extend_names_its_file(tmp_path: Path) -> None:
    base = tmp_path / "base"
    write_pack(tmp_path / "tiny")
    base.mkdir()
    (base / "pack.yaml").write_text("id: base\nabstract: true\ndocument:\n  leeds: [在]\n", encoding="utf-8")
    own = tmp_path / "tiny" / "pack.yaml"
    own.write_text(TINY_PACK["pack.yaml"].replace("id: tiny\n", f"id: tiny\nextends: {base}\n"), encoding="utf-8")
    with pytest.raises(PackError, match=r"base/pack\.yaml 第 4 行：不认识的键“leeds”，是否想写“leads”"):
        load_pack(tmp_path / "tiny")


def test_the_wheel_holds_every_pack(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling builds the wheel")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        held = set(archive.namelist())
    rules = ROOT / "rules"
    wanted = {f"checker/rules/{path.relative_to(rules).as_posix()}" for path in rules.rglob("*.yaml")}
    assert wanted <= held, sorted(wanted - held)[:5]


# What people are shown of every rule of every pack


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_rule_is_shown_on_80_columns_without_internal_names(
    pack_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = load_pack(pack_id)
    for rule in (*pack.elements, *pack.findings):
        assert main(["rules", "show", rule.id, "--pack", pack_id]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert all(width(line) <= 80 for line in lines), max(lines, key=width)
        shown = "\n".join(lines)
        assert (rule.title[:30] in shown and "什么算数" in shown) or rule in pack.findings
    assert main(["rules", "list", pack_id]) == 0
    assert all(width(line) <= 80 for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_clue_says_what_it_is(pack_id: str) -> None:
    unsaid = [(e.id, name) for e in load_pack(pack_id).elements for name, clue in e.clues.items() if not clue.says]
    assert unsaid == []


def test_packs_are_listed_with_what_they_leave_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--packs"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in pack_ids()) and "没有见到原文" in out.replace("\n", "")
    assert all(width(line) <= 80 for line in out.splitlines())


def test_the_lineage_of_an_overlay_ends_in_the_common_rules() -> None:
    folders = lineage("law-gov-shenzhen")
    assert [folder.name for folder in folders] == ["law-gov-shenzhen", "law-gov", "common"] and is_abstract(folders[-1])
