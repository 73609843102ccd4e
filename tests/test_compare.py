"""Comparing: which plan answers which shortcoming, and a report beside last year's, on labelled texts and on any text."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import GOLD, SEEDS, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.commands.schemas import schema
from checker.compare.answers import find_answers
from checker.compare.previous import same_agency
from checker.compiled import CompiledPack
from checker.engine import check, read_document
from checker.models.compared import Place, PreviousResult
from checker.models.document import RawReport
from checker.models.result import RunResult
from checker.render import render

HERE = Path(__file__).resolve().parent
PAIRS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / "previous").glob("*.yaml"))
}
MAPPINGS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / "answers").glob("*.yaml"))
}
BASES = [source(path) for path in [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]]
# Known gaps, told in tests/previous/README.md: (pair, opening of last year's wording).
GAPS = {
    ("p07-subdistrict", "所有合同一律先审后签"),
    ("p09-tax-like-city", "政府立法的精细化程度不高"),
    ("p10-emergency-bureau", "预案针对性和可操作性不强"),
    ("p14-township", "没有专职法制审核人员"),
    ("p14-township", "土地流转纠纷高发"),
    ("p14-township", "行政执法公示栏更新慢"),
    ("p14-township", "干部怕当被告"),
    ("p15-environment-bureau", "线索移送标准不统一"),
    ("p15-environment-bureau", "弄虚作假的查处手段不多"),
}
UNANSWERED = {
    ("a08", "单用途预付卡监管缺乏有力抓手")
}  # an answer that is not found yet: cards against cards in other words


@pytest.fixture(scope="module")
def compared(pack: CompiledPack) -> dict[str, PreviousResult]:
    return {name: compare(pack, pair["this"], pair["last"]) for name, pair in PAIRS.items()}


def compare(pack: CompiledPack, this: str, last: str) -> PreviousResult:
    result = check(RawReport("this", this), pack, previous=RawReport("last", last)).previous
    assert result is not None
    return result


def at(places: Sequence[Any], offset: int) -> list[Any]:
    return [place for place in places if place.start <= offset < place.end]


def labelled(kind: str) -> list[Any]:
    """The labels of all pairs as test parameters; known gaps must keep failing until they are mended."""
    gap = [pytest.mark.xfail(reason="a known gap", strict=True)]
    return [
        pytest.param(
            name, label, id=f"{name}:{label['quote'][:10]}", marks=gap if (name, label["quote"]) in GAPS else []
        )
        for name, pair in PAIRS.items()
        for label in pair[kind]
    ]


def followed(pair: dict[str, Any], items: Sequence[Any], label: dict[str, Any]) -> None:
    """The item that holds the label's quote has its status, and evidence that holds the label's evidence."""
    offset = pair["last"].index(label["quote"])
    (item,) = [item for item in items if item.quote.start <= offset < item.quote.end]
    assert item.status == label["status"], [place.text for place in item.evidence]
    if "evidence" in label:
        this = pair["this"]
        offsets = [index for index in range(len(this)) if this.startswith(label["evidence"], index)]
        assert any(at(item.evidence, offset) for offset in offsets), [place.text for place in item.evidence]


@pytest.mark.parametrize(("name", "label"), labelled("problems"))
def test_last_years_shortcoming_is_followed(
    compared: dict[str, PreviousResult], name: str, label: dict[str, Any]
) -> None:
    followed(PAIRS[name], compared[name].problems, label)


@pytest.mark.parametrize(("name", "label"), labelled("plan"))
def test_last_years_plan_item_is_followed(
    compared: dict[str, PreviousResult], name: str, label: dict[str, Any]
) -> None:
    followed(PAIRS[name], compared[name].plans, label)


@pytest.mark.parametrize("name", PAIRS)
def test_what_stands_unchanged_is_found_and_nothing_else(compared: dict[str, PreviousResult], name: str) -> None:
    pair, result = PAIRS[name], compared[name]
    for label, found in (
        ("copied", [passage.here for passage in result.copied.passages]),
        ("unchanged", [figure.here for figure in result.unchanged_figures]),
        ("left_over", [year.here for year in result.years_left]),
    ):
        offsets = [pair["this"].index(wording) for wording in pair[label]]
        assert all(at(found, offset) for offset in offsets), label
        assert all(any(place.start <= offset < place.end for offset in offsets) for place in found), label


@pytest.mark.parametrize("name", PAIRS)
def test_a_doubtful_comparison_is_told(compared: dict[str, PreviousResult], name: str) -> None:
    notes = compared[name].notes
    assert len(notes) == len(PAIRS[name].get("notes", []))
    assert all(any(told in note for note in notes) for told in PAIRS[name].get("notes", []))


@pytest.mark.parametrize("name", MAPPINGS)
def test_each_shortcoming_has_the_plan_item_that_answers_it(pack: CompiledPack, name: str) -> None:
    text = MAPPINGS[name]["text"]
    answers = find_answers(read_document(RawReport(name, text), pack), pack.pack)
    assert len(answers) == len(MAPPINGS[name]["answers"])
    for label, answer in zip(MAPPINGS[name]["answers"], answers, strict=True):
        assert answer.problem.start <= text.index(label["problem"]) < answer.problem.end
        if label["plan"] is None or (name, label["problem"]) in UNANSWERED:
            assert answer.plan is None
            assert answer.advice
        else:
            assert answer.plan is not None
            assert answer.plan.start <= text.index(label["plan"]) < answer.plan.end


def test_an_unanswered_shortcoming_costs_nothing(pack: CompiledPack) -> None:
    text = MAPPINGS["a01"]["text"]
    answered = text.replace("三是对涉企检查", "三是开发再犯罪风险评估工具；四是对涉企检查")
    with_gap, without = (check(RawReport("x", wording), pack) for wording in (text, answered))
    assert [answer.plan is None for answer in with_gap.answers].count(True) == 1
    assert all(answer.plan for answer in without.answers)
    assert with_gap.score == without.score
    assert with_gap.findings == []


PAIR = PAIRS["p05-district-government"]


def test_an_act_told_every_year_mends_nothing(pack: CompiledPack) -> None:
    last = "二、存在的问题\n一是行政复议办案力量不足。"
    account = "一、主要成效\n全年受理行政复议案件{}件，审结{}件，办案力量投入复议听证{}次。\n"
    this = "某市司法局2024年法治政府建设年度报告\n" + account.format(90, 80, 7)
    result = compare(pack, this, "某市司法局2023年法治政府建设年度报告\n" + account.format(70, 60, 5) + last)
    assert [problem.status for problem in result.problems] == ["mentioned"]


def test_what_was_mended_and_is_told_as_unfinished_is_not_rectified(pack: CompiledPack) -> None:
    done = "公布2021年度重大行政决策事项目录，列入事项8件，并逐件归档"
    this = PAIR["this"].replace(done, "重大行政决策事项目录仍在起草，尚未公布")
    assert compare(pack, PAIR["this"], PAIR["last"]).problems[0].status == "rectified"
    assert compare(pack, this, PAIR["last"]).problems[0].status == "mentioned"


def test_a_plan_told_as_failed_is_not_done(pack: CompiledPack) -> None:
    pair = PAIRS["p06-education-bureau"]
    held = pair["this"].replace(
        "原定两期校外培训执法专题培训班，因师资没有落实未能举办", "举办校外培训执法专题培训班2期"
    )
    assert compare(pack, held, pair["last"]).plans[0].status == "done"
    assert compare(pack, pair["this"], pair["last"]).plans[0].status == "not-done"


def test_a_sentence_with_new_figures_is_no_copy(pack: CompiledPack) -> None:
    sentence = "全年开展“双随机、一公开”执法检查{}次，检查企业{}家，发现并督促整改问题隐患{}处。"
    body = "某市商务局{}年法治政府建设年度报告\n一、主要成效\n"
    last = body.format(2022) + sentence.format(31, 410, 96)
    renewed = compare(pack, body.format(2023) + sentence.format(28, 377, 81), last)
    same = compare(pack, body.format(2023) + sentence.format(31, 410, 96), last)
    assert (renewed.copied.share, renewed.copied.passages) == (0, [])
    assert same.copied.share == 1
    assert [figure.here.text[-3:] for figure in same.unchanged_figures] == ["31次", "10家", "96处"]


def test_set_phrases_headings_and_titles_of_papers_are_no_copies(pack: CompiledPack) -> None:
    formulas = (
        "某市{}年法治政府建设年度报告\n{}年，我市坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，"
        "全面贯彻落实党的二十大精神。现将有关情况报告如下：\n一、推进法治政府建设的主要举措和取得的成效情况\n"
    )
    last = formulas.format(2023, 2023) + "印发《某市重大行政决策程序规定》《某市行政规范性文件管理办法》。"
    this = formulas.format(2024, 2024) + "学习《某市重大行政决策程序规定》《某市行政规范性文件管理办法》。"
    assert compare(pack, this, last).copied.share == 0


def test_a_year_that_a_finding_tells_is_not_told_again(pack: CompiledPack) -> None:
    body = "某市水利局{0}年法治政府建设年度报告\n{1}年，我局扎实推进法治政府建设，较好地完成了年初确定的各项水利法治任务，现将情况报告如下。\n一、主要举措\n立案12件。\n"
    this, last = (RawReport(str(year), body.format(year, 2022)) for year in (2023, 2022))
    result = check(this, pack, previous=last)
    assert [finding.id for finding in result.findings] == ["report-year"]
    assert result.previous is not None
    assert result.previous.years_left == []


@pytest.mark.parametrize("text", BASES)
def test_a_report_beside_itself_is_copied_whole(pack: CompiledPack, text: str) -> None:
    assert compare(pack, text, text).copied.share > 0.97


@pytest.mark.parametrize("number", range(len(BASES)))
def test_unrelated_reports_share_next_to_nothing(pack: CompiledPack, number: int) -> None:
    result = compare(pack, BASES[number], BASES[number - 1])
    assert result.copied.share < 0.05
    assert result.years_left == []


def test_small_edits_and_new_years_leave_a_copy_a_copy(pack: CompiledPack) -> None:
    text = BASES[0]
    year = check(RawReport("x", text), pack).report_year
    edited = text.replace(f"{year}年", f"{(year or 0) + 1}年").replace("进一步", "").replace("积极", "主动")
    assert compare(pack, edited, text).copied.share > 0.9


def hold(result: PreviousResult, this: str, last: str) -> None:
    """Every place is an exact slice of the text it stands in, with its line and column."""
    items = [*result.problems, *result.plans]
    pairs = [*result.copied.passages, *result.unchanged_figures, *result.years_left]
    here: list[Place] = [place for item in items for place in item.evidence] + [pair.here for pair in pairs]
    before: list[Place] = [item.quote for item in items] + [pair.before for pair in pairs]
    for text, places in ((this, here), (last, before)):
        for place in places:
            assert place.text
            assert text[place.start : place.end] == place.text
            head = text[: place.start]
            assert (place.line, place.column) == (head.count("\n") + 1, place.start - (head.rfind("\n") + 1) + 1)
    assert 0 <= result.copied.share <= 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_places_are_exact_slices_of_spoilt_reports(pack: CompiledPack, seed: int) -> None:
    chance = random.Random(seed)
    pair = chance.choice(list(PAIRS.values()))
    this, last = (_spoilt(pair[key], chance) for key in ("this", "last"))
    hold(compare(pack, this, last), this, last)
    for answer in check(RawReport("x", this), pack).answers:
        assert this[answer.problem.start : answer.problem.end] == answer.problem.text
        assert answer.plan is None or this[answer.plan.start : answer.plan.end] == answer.plan.text


def _spoilt(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(0, 8)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randint(0, 40))
        change = chance.choice(
            ["", text[start:end] * 2, text[start:end][::-1], chance.choice("\n\r\t\x0c\u2028（《“𠮷\ufeff一、；：")]
        )
        text = text[:start] + change + text[end:]
    return text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=120), st.text(min_size=1, max_size=120))
def test_any_two_texts_can_be_compared(pack: CompiledPack, this: str, last: str) -> None:
    hold(compare(pack, this, last), this, last)


def test_comparing_is_linear_and_quick(pack: CompiledPack) -> None:
    from checker.compare.previous import compare as compare_documents

    def seconds(characters: int) -> float:
        text = ("\n".join(BASES) * (characters // 40_000 + 1))[:characters]
        chance = random.Random(1)
        here = "".join(chance.choice("甲乙丙丁戊") if letter.isdigit() else letter for letter in text)
        this, last = (read_document(RawReport("x", wording), pack) for wording in (here, text))
        start = time.process_time()
        compare_documents(this, last, pack.pack, [])
        return time.process_time() - start

    small, large = min(seconds(33_000) for _ in range(2)), seconds(330_000)
    assert large < 30 * small  # ten times the text: far from a hundred times the time
    assert large < 20


def test_the_json_follows_its_schema(pack: CompiledPack) -> None:
    pair = PAIRS["p08-province-department"]
    result = check(RawReport("this.txt", pair["this"]), pack, previous=RawReport("last.txt", pair["last"]))
    run = RunResult.model_validate(
        {"checker": "0", "pack": {"id": "law-gov", "version": "1"}, "reports": [result], "errors": []}
    )
    made = yaml.safe_load(str(render(run, "json")))
    jsonschema.Draft202012Validator(schema("result")).validate(made)
    previous = made["reports"][0]["previous"]
    assert previous["file"] == "last.txt"
    assert {"problems", "plans", "copied", "unchanged_figures", "years_left", "notes"} <= set(previous)


def test_without_previous_the_result_has_none(pack: CompiledPack) -> None:
    assert check(RawReport("x", BASES[0]), pack).previous is None


def test_a_pack_without_comparison_says_so(pack: CompiledPack, tiny: Path) -> None:
    from checker import load_pack

    result = check(RawReport("x", "甲"), load_pack(tiny), previous=RawReport("y", "乙"))
    assert result.previous is not None
    assert "comparison.yaml" in result.previous.notes[-1]


WORDS = {
    "不足": "短处", "安排": "打算", "整改": "改进", "没有提": "只字不提", "又列入": "再次列入", "没做成": "没有办成", "已做": "办了",
}  # fmt: skip


@pytest.fixture
def reworded(tmp_path: Path) -> Path:
    """A pack like law-gov that calls what is compared otherwise, but for the words that it looks for in reports."""
    from checker.packs import find_pack

    told = yaml.safe_load((find_pack("law-gov") / "comparison.yaml").read_text(encoding="utf-8"))
    own = yaml.safe_dump({key: told[key] for key in ("labels", "reasons")}, allow_unicode=True)
    for word, other in WORDS.items():
        own = own.replace(word, other)
    (tmp_path / "own").mkdir()
    head = "id: own\ntitle: 年度报告\nversion: 1.0.0\nextends: law-gov\n"
    (tmp_path / "own" / "pack.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "own" / "comparison.yaml").write_text(own, encoding="utf-8")
    return tmp_path / "own"


@pytest.mark.parametrize("format", ["table", "html", "markdown"])
def test_what_is_compared_bears_the_words_of_the_pack(reworded: Path, format: str) -> None:
    from checker import load_pack

    last = "某市某局2023年法治政府建设年度报告\n一、主要工作\n开展检查98次。\n二、存在的问题\n一是执法人员数量短缺。\n三、2024年工作\n一是加强普法宣传。\n"
    this = "某市某局2024年法治政府建设年度报告\n一、主要工作\n开展检查99次。\n二、存在的问题\n一是案卷评查太少。\n三、2025年工作\n一是完善应急预案。\n"
    result = check(RawReport("今年", this), load_pack(reworded), previous=RawReport("去年", last))
    told = str(render(result, format))
    compared = told[told.index("短处与打算的对应" if format == "table" else "与上年度报告比对") :]
    compared = compared[
        : compared.index("先做什么" if format == "table" else "原文" if format == "html" else "</details>")
    ]
    assert "上年度的短处" in compared
    assert "上年度的打算" in compared
    assert "只字不提" in compared
    assert not [word for word in WORDS if word in compared]


def test_words_that_a_pack_leaves_out_are_named_with_the_file(reworded: Path) -> None:
    from checker import load_pack
    from checker.errors import PackError

    path = reworded / "comparison.yaml"
    path.write_text("reasons:\n  plans:\n    silent: 没有写\n    finished: 写完了\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"comparison\.yaml.*finished"):
        load_pack(reworded)


def test_the_schema_for_editors_knows_the_words_of_comparisons() -> None:
    from checker.packs.schema import schema as schema_of_pack

    made = schema_of_pack("comparison")
    assert {"labels", "reasons"} <= set(made["properties"])
    assert {"labels", "reasons"} <= set(made["required"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("青柏县司法局", "青柏县司法局", True),
        ("青柏县司法局", "松江市青柏县司法局", True),
        ("青柏县司法局", "梅溪县司法局", False),
        ("司法局", "青柏县司法局", False),
    ],
)
def test_an_agency_is_known_by_its_name_with_or_without_its_place(one: str, other: str, same: bool) -> None:
    assert same_agency(one, other) is same


def test_a_signature_is_no_plan_item(pack: CompiledPack) -> None:
    last = (
        "某某县市场监督管理局2023年法治政府建设年度报告\n一、工作情况\n全年办理行政处罚案件6件。\n"
        "二、2024年工作安排\n2024年，开展案卷评查2次，修订文书模板。\n某某县市场监督管理局\n2024年1月20日\n"
    )
    this = last.replace("2024年", "2025年").replace("2023年", "2024年")
    assert "1月20日" not in "".join(item.quote.text for item in compare(pack, this, last).plans)


def test_a_shortcoming_named_in_so_many_words_with_its_measure_is_rectified(pack: CompiledPack) -> None:
    last = (
        "某某县水务局2023年法治政府建设年度报告\n一、工作情况\n全年办理行政处罚案件6件。\n二、存在的不足\n"
        "一是基层执法力量薄弱，6个基层所平均在岗执法人员不足5人，原因是编制紧张。二是普法形式单一，新媒体运用不够。\n"
    )
    this = (
        "某某县水务局2024年法治政府建设年度报告\n一、工作情况\n"
        "针对2023年度报告指出的基层执法力量薄弱问题，已向6个基层所下派执法骨干12名；"
        "针对普法形式单一问题，新建普法短视频账号1个，发布作品46条。\n二、存在的不足\n"
        "一是基层执法队伍专业能力仍有短板，6个基层所取得法律职业资格的仅2人。\n"
    )
    problems = compare(pack, this, last).problems
    assert [item.status for item in problems] == ["rectified", "rectified"]
    assert ["薄弱问题" in problems[0].evidence[0].text, "单一问题" in problems[1].evidence[0].text] == [True, True]
