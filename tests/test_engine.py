"""The whole pass: one faulty rule does not stop the others, and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.compiled import CompiledPack
from checker.engine import read_document
from checker.judge.detectors import DETECTORS
from checker.models.document import RawReport
from checker.models.result import ReportResult


def test_a_rule_that_crashes_is_named_and_the_others_run(
    judge: Callable[..., ReportResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setitem(DETECTORS, "numbering", crash)
    text = "青原市某局2024年法治政府建设情况报告\n2024年，推进法制政府建设，制定文件3件。"
    result = judge(text)
    assert result.rule_errors == ["numbering（ZeroDivisionError）"]
    assert [finding.id for finding in result.findings] == ["terminology"]


def test_a_heading_of_the_report_year_speaks_for_no_other_where_the_plan_has_its_own(
    judge: Callable[..., ReportResult],
) -> None:
    text = (
        "青原市水利局2024年法治政府建设情况报告\n2023年，全市依法治水有序推进。现将2023年情况报告如下：\n"
        "一、2024年工作情况\n审查文件26件，办理行政复议案件14件。\n二、2025年工作安排\n评查案卷60卷。"
    )
    assert judge(text).report_year == 2024
    assert judge(text.replace("一、2024年工作情况", "一、工作情况").replace("2025", "2024")).report_year == 2023


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        ("去年立案56起，罚款8万元。", ["立案", "罚款"]),
        ("去年立案56起，今年处罚62起。", ["立案"]),
        ("去年立案的6起案件，罚款8万元。", []),
        ("较去年立案减少，罚款8万元。", []),
    ],
)
def test_last_year_is_told_up_to_where_this_year_is_meant(
    pack: CompiledPack, sentence: str, earlier: list[str]
) -> None:
    text = f"青原市水利局2024年法治政府建设情况报告\n一、工作情况\n{sentence}建成泵站5座。"
    document = read_document(RawReport("x", text), pack)
    told = [at for word in ("立案", "罚款", "处罚") if (at := document.view.text.find(word)) >= 0]
    assert [document.view.text[at : at + 2] for at in told if document.is_earlier((at, at + 2))] == earlier


def test_names_that_begin_like_pronouns_are_names(judge: Callable[..., ReportResult]) -> None:
    body = "\n全年审查文件26件，办理行政复议案件14件。"
    titles = {
        "贵阳市财政局2024年法治政府建设年度报告": ("贵阳市财政局", "city"),
        "将乐县水利局二0二四年法治政府建设年度报告": ("将乐县水利局", "county"),
        "我局2024年法治政府建设年度报告": (None, None),
    }
    for title, (agency, level) in titles.items():
        result = judge(title + body)
        assert (result.agency, result.report_year) == (agency, 2024), title
        assert level is None or result.level == level, title


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("清河县市场监督管理局", "county"),
        ("清河县住房和城乡建设局", "county"),
        ("清河县乡村振兴局", "county"),
        ("清河县城市管理局", "county"),
        ("青原市市场监督管理局", "city"),
        ("青原市城市管理局", "city"),
        ("青原市新山区司法局", "county"),
        ("清河县城关镇人民政府", "township"),
        ("新乡市城乡规划局", "city"),
    ],
)
def test_the_level_is_told_by_places_not_by_what_an_agency_does(
    judge: Callable[..., ReportResult], agency: str, level: str
) -> None:
    result = judge(f"{agency}2024年法治政府建设年度报告\n全年审查文件26件，办理行政复议案件14件。")
    assert (result.agency, result.level) == (agency, level)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("市政务服务数据管理局认真履职。", "市政务服务数据管理局"),
        ("2024年，青原市对外贸易经济合作局认真履职。", "青原市对外贸易经济合作局"),
        ("从化区财政局认真履职。", "从化区财政局"),
        ("将乐县司法局认真履职。", "将乐县司法局"),
        ("本溪市行为医学管理局认真履职。", "本溪市行为医学管理局"),
        ("成立以局长为组长的领导小组。", None),
        ("在市司法局指导下认真履职。", None),
        ("本县各局认真履职。", None),
        ("2024年，在省委、省政府领导下，青原县全面落实各项部署。", "青原县"),
        ("2024年，在区委领导下，新山街道始终坚持依法行政。", "新山街道"),
        ("按照要求，现将新山区人民政府2024年法治政府建设情况报告如下。", "新山区人民政府"),
        ("现将新山区城管局法治建设情况报告如下。", "新山区城管局"),
        ("现将我局2024年法治政府建设情况报告如下。", None),
        ("根据中共中央办公厅、国务院办公厅规定，认真履职。", None),
        ("县委、县政府高度重视，全县始终坚持依法行政。", None),
        ("会同市司法局开展检查，并向省厅备案。", None),
    ],
)
def test_the_agency_an_opening_names(judge: Callable[..., ReportResult], opening: str, agency: str | None) -> None:
    text = f"2024年法治政府建设年度报告\n{opening}\n全年审查文件26件，办理行政复议案件14件。"
    assert judge(text).agency == agency


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("2024年青原市司法局法治政府建设情况报告", "青原市司法局"),
        ("2024年度青原市法治政府建设情况报告", "青原市"),
        ("2024年成都市法治政府建设情况报告", "成都市"),
        ("2024年宝山区法治政府建设情况报告", "宝山区"),
        ("一、青原县水务局2024年法治政府建设情况报告", "青原县水务局"),
        ("和桥镇2024年法治政府建设情况报告", "和桥镇"),
        ("2024年度全面依法治市暨法治政府建设工作报告", None),
        ("2024年度县级部门法治政府建设情况报告", None),
        ("关于2024年度青原县水务局法治政府建设情况的报告", "青原县水务局"),
        ("关于青原县水务局2024年度法治政府建设情况的报告", "青原县水务局"),
        ("每日更新www.example.com青原市人民政府2024年法治政府建设年度报告", "青原市人民政府"),
        ("2024年法治政府建设年度报告", None),
        ("全市2024年法治政府建设年度报告", None),
        ("2024年全市法治政府建设情况报告", None),
    ],
)
def test_the_agency_a_title_names(judge: Callable[..., ReportResult], title: str, agency: str | None) -> None:
    result = judge(f"{title}\n全年审查文件26件，办理行政复议案件14件。")
    assert result.agency == agency
    assert result.element("title").verdict == ("met" if agency else "weak")


@pytest.mark.parametrize(
    "line",
    [
        "青原市应急管理局发布2024年法治政府建设年度报告",
        "青原市2024年度法治政府建设年度报告出炉",
        "一图读懂青原市2024年度法治政府建设年度报告",
        "市政府常务会议审议《2024年度法治政府建设情况报告》",
        "青原市召开2024年度法治政府建设工作总结会",
        "青原市法治政府建设情况获省通报表扬",
    ],
)
def test_news_of_a_report_is_none_unless_the_report_stands_below(judge: Callable[..., ReportResult], line: str) -> None:
    told = "全年审查文件26件，办理行政复议案件14件，评查案卷120本，开展普法活动320场。"
    assert judge(f"{line}\n近日，记者从有关部门获悉，{told}").kind == "other"
    parts = f"一、主要举措和成效\n{told}\n二、存在的不足\n案卷说理简单，执法人员少。"
    assert judge(f"{line}\n{parts}").kind == "report"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青原市水务局关于公布2024年度法治政府建设年度报告的公告", "report"),
        ("青原市水务局关于推进2024年度法治政府建设情况的报告", "report"),
        ("青原市水务局2024年度法治政府建设情况报告暨述法报告", "report"),
        ("青原市水务局局长2024年度法治政府建设述法报告", "other"),
    ],
)
def test_titles_that_look_like_news(judge: Callable[..., ReportResult], title: str, kind: str) -> None:
    assert judge(f"{title}\n全年审查文件26件，办理行政复议案件14件，评查案卷120本，普法320场。").kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "一、2024年推进法治政府建设情况",
        "根据纲要（2023—2027年）提出实行法治建设年度报告制度，2024年新山街道全面开展法治政府建设。",
        "依据法治政府建设年度报告",
    ],
)
def test_a_heading_or_prose_is_no_title(judge: Callable[..., ReportResult], line: str) -> None:
    text = (
        f"{line}\n" + "全年审查规范性文件26件，行政复议14件，行政执法检查9次，普法宣传3场，法治政府建设考核1次。\n" * 3
    )
    assert judge(text).element("title").verdict == "missing"


@pytest.mark.parametrize(
    ("opening", "level"),
    [
        ("在区委、区政府领导下，我镇认真履职。我镇开展检查。", "township"),
        ("在县委、县政府领导下，我局认真履职，贯彻党中央、国务院决策。", "county"),
        ("落实《北京市机关条例》，我县认真履职。", "county"),
        ("在县委、县政府领导下，我局认真履职，走在前列。我省出台条例后，我局及时学习。", "county"),
    ],
)
def test_the_level_without_a_name(judge: Callable[..., ReportResult], opening: str, level: str) -> None:
    assert judge(f"2024年法治政府建设年度报告\n{opening}\n全年审查文件26件，办理行政复议案件14件。").level == level


def test_the_agencies_of_the_seeds(judge: Callable[..., ReportResult]) -> None:
    seeds = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    assert [judge(path.read_text(encoding="utf-8")).agency for path in seeds] == [
        "市大数据局", None, "宁波市数据局", "市政务服务数据管理局", "光明区政务服务和数据管理局",
    ]  # fmt: skip


def test_a_misprint_in_the_title_makes_no_other_kind_of_document(judge: Callable[..., ReportResult]) -> None:
    result = judge("某某县水务局2024年法制政府建设工作总结\n全年审查文件26件，办理行政复议案件14件。")
    assert result.kind == "report"
    assert result.element("title").verdict == "met"
    assert [(finding.id, finding.text) for finding in result.findings] == [("terminology", "法制政府建设")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清河县2024年法治政府建设年度报告责任清单", "other"),
        ("清河县2024年法治政府建设年度报告评分标准", "other"),
        ("2024年法治政府建设情况报告学习问答", "other"),
        ("清河县水利局2024年法治政府建设情况报告", "report"),
        ("清河县水利局2024年落实法治建设责任情况的报告", "report"),
        ("清河县水利局2024年法治政府建设暨述法工作情况报告", "report"),
    ],
)
def test_papers_about_such_reports_are_told_by_their_titles(
    judge: Callable[..., ReportResult], title: str, kind: str
) -> None:
    account = (
        "全年审查文件26件，办理行政复议案件14件，推进法治政府建设，落实责任清单12项，听取述法报告9份，合法性审查12件。"
    )
    assert judge(f"{title}\n一、工作情况\n{account}\n二、存在问题\n人手不足。\n").kind == kind


def test_an_addressee_with_a_plan_in_its_name_makes_no_plan_of_the_report(judge: Callable[..., ReportResult]) -> None:
    text = "甲镇自然资源和规划所2023年度法治政府建设工作情况报告{}我所管着17个村的地。全年办结许可12件，立案7件。"
    assert judge(text.format("县自然资源和规划局：")).kind == "report"


def test_a_letter_that_announces_a_report_to_the_office_for_it_is_one(judge: Callable[..., ReportResult]) -> None:
    told = "审查规范性文件8件，办理行政复议案件14件，评查执法案卷120本，学法12次。"
    assert judge(f"市委全面依法治市委员会办公室：\n　　2024年度情况报告如下：\n{told}").kind == "report"
    assert judge(f"市委全面依法治市委员会办公室：\n　　来函收悉，我局无意见。\n{told}").kind == "other"
    assert (
        judge(f"各成员单位：\n根据市委全面依法治市委员会办公室通知要求，现将有关安排报告如下：\n{told}").kind == "other"
    )


def test_a_list_of_shortcomings_goes_on_though_an_item_tells_figures(judge: Callable[..., ReportResult]) -> None:
    head = "某县统计局2024年法治政府建设年度报告\n"
    told = "审查文件26件，普法320场。"
    problems = "毛病也得讲清楚。其一，乡镇没有专职统计员的占六成。其二，迟报屡见，全年催报企业520家。其三，{}"
    cause = "案子落不下，是因为移交以后没有反馈的规矩。"
    verdicts = {e.id: e.verdict for e in judge(head + told + "\n" + problems.format(cause)).elements}
    assert verdicts["problems"] == verdicts["causes"] == "met"


def test_a_list_behind_the_sentence_that_counts_it_tells_shortcomings(judge: Callable[..., ReportResult]) -> None:
    """Work told in its first item, right behind the sentence that turns to shortcomings, is no way back to the account."""
    text = (
        "甲县水利局2023年法治政府建设情况报告\n全年办结许可12件，开展执法检查86次。\n"
        "回头看，还有两件事没有做到位。第一件，完成机井关停36眼，只有年度任务的78%。第二件，培训了40人，17人说不清新条例。\n"
    )
    result = judge(text)
    places = [item.text for item in next(e for e in result.elements if e.id == "problems").evidence]
    assert any("78%" in place for place in places)


def test_a_list_of_work_begun_before_a_shortcoming_goes_on_behind_it(judge: Callable[..., ReportResult]) -> None:
    text = "某县统计局2024年法治政府建设年度报告\n一、主要工作\n一是加强学习，培训3期。问题主要是普法形式单一。二是开展普法宣传12场，受众3000人。"
    assert {e.id: e.verdict for e in judge(text).elements}["education"] == "met"
