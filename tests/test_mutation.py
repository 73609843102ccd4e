"""A required element that is cut out, moved into the plan, denied or replaced by a look-alike is no longer met."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from checker.models.result import ReportResult

Judge = Callable[..., ReportResult]

FORMAL = {
    "title": "青原市市场监督管理局2024年法治政府建设情况报告",
    "opening": "市委全面依法治市委员会办公室：\n2024年，我局在市委、市政府领导下推进法治政府建设，现将有关情况报告如下。",
    "xi-thought": "（一）学习情况。局党组理论学习中心组于3月、9月两次专题学习习近平法治思想，举办专题培训班1期，86人参加。",
    "achievements": "（二）履职情况。全年办理行政许可1260件，办结率100%；立案查处312件，罚没款186万元；制定行政规范性文件2件，均经合法性审核。",
    "first-responsible": "二、主要负责人履职情况\n局党组书记、局长认真履行推进法治建设第一责任人职责，主持召开党组会研究法治工作4次，"
    "听取执法情况汇报2次，年底专题述法。",
    "prior-problems": "三、上年度问题整改情况\n2023年报告指出的“执法案卷不规范”问题，已统一文书模板，组织评查案卷60卷，合格率升至97%。",
    "problems": "四、存在的不足及原因\n一是基层所执法力量不足，12个所中有5个没有法学专业人员；二是规范性文件后评估尚未开展。",
    "causes": "基层力量不足，原因在于机构改革后编制下沉不到位，近三年未定向招录法学人员。",
    "next-plan": "五、2025年工作安排\n一是上半年完成执法人员轮训；二是制定《基层所法制员管理办法》；三是评查执法案卷不少于80卷。",
    "signature": "青原市市场监督管理局\n2025年1月20日",
}
THEMATIC = {
    "title": "临沅县人民政府关于2023年度法治政府建设情况的报告",
    "opening": "市人民政府：\n2023年，县政府坚持依法行政，法治政府建设取得新进展。现报告如下：",
    "xi-thought": "一、强化理论武装\n县政府常务会议2次传达学习习近平法治思想，县委党校主体班开设专题课，培训干部320人次。",
    "achievements": "二、规范权力运行\n制定县政府规范性文件5件；办理行政复议案件41件；评查执法案卷150卷；调解矛盾纠纷2630件。",
    "first-responsible": "三、压实法治责任\n县长切实履行法治建设第一责任人职责，主持县政府常务会议研究法治议题7个，批示督办行政败诉案件3件，出庭应诉1次。",
    "prior-problems": "四、抓实督察整改\n针对2022年市委依法治市办法治督察反馈的“行政应诉负责人出庭率低”等问题，建立应诉通报制度，出庭率由52%提高到88%。",
    "problems": "五、正视短板弱项\n乡镇承接的32项执法事项中有9项全年没有办过案；个别部门重大决策的风险评估流于形式。",
    "causes": "究其原因，主要是赋权之后培训没有跟上，部门主要负责人的程序意识不强。",
    "next-plan": "六、2024年重点工作\n开展乡镇执法人员轮训，5月底前全部完成；修订重大行政决策事项目录；建成县级行政执法平台；深化民法典宣传，举办宣讲60场。",
    "signature": "临沅县人民政府\n2024年2月6日",
}
BASES = {"formal": FORMAL, "thematic": THEMATIC}
# What stays of a part whose content is cut out: its heading.
HEADINGS = {
    name: {
        part: text.split("\n")[0]
        for part, text in base.items()
        if "\n" in text and part not in ("opening", "signature")
    }
    | {"achievements": base["achievements"].split("\n")[0].split("。")[0] + "。"}
    for name, base in BASES.items()
}
MODEL = re.compile("例如：“(.+)”")
REQUIRED = [
    "title",
    "xi-thought",
    "first-responsible",
    "achievements",
    "problems",
    "causes",
    "prior-problems",
    "next-plan",
]

DENIED = {
    "xi-thought": "（一）学习情况。全年未组织习近平法治思想专题学习，原定的培训班没有举办。",
    "first-responsible": "二、主要负责人履职情况\n局长全年没有主持研究推进法治建设第一责任人职责落实事项，未听取法治工作汇报。",
    "prior-problems": "三、上年度问题整改情况\n2023年报告指出的问题尚未着手整改。",
    "causes": "上述不足的产生，既有客观原因，也有主观原因，有待进一步分析。",
    "problems": "四、存在的不足及原因\n与上级要求和群众期盼相比，仍存在一定差距和不足。",
    "next-plan": "五、2025年工作安排\n我们将再接再厉，推动法治政府建设再上新台阶。",
    "achievements": "（二）履职情况。不断深化改革，持续规范执法，着力提升水平，各项工作取得明显成效。",
}
REPLACED = {
    "xi-thought": "（一）学习情况。局党组理论学习中心组于3月、9月两次专题学习习近平经济思想，举办专题培训班1期，86人参加。",
    "first-responsible": "二、主要负责人履职情况\n局党组书记、局长认真履行安全生产第一责任人职责，主持召开安全生产会议4次，"
    "听取隐患排查汇报2次，带队检查企业12家。",
    "prior-problems": "三、上年度问题整改情况\n市委巡察反馈的14个问题，已制定措施30条，整改完成12个，清退违规资金8万元。",
    "causes": "5月一起仓库火灾，主要原因是线路老化，消防部门已作出认定。",
}


def report(base: dict[str, str], **changes: str | None) -> str:
    parts = {**base, **{name.replace("_", "-"): text for name, text in changes.items()}}
    return "\n".join(text for text in parts.values() if text)


@pytest.mark.parametrize("base", BASES)
def test_the_whole_report_meets_every_required_element(base: str, judge: Judge) -> None:
    result = judge(report(BASES[base]))
    assert {e.id: e.verdict for e in result.elements if e.part == "required"} == dict.fromkeys(REQUIRED, "met")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("element", REQUIRED)
def test_an_element_cut_out_is_not_met(base: str, element: str, judge: Judge) -> None:
    parts = {name: text for name, text in BASES[base].items() if name != element}
    if element == "achievements":  # an account of the year is told in other parts too: they lose their figures
        parts = {name: text for name, text in parts.items() if name in ("title", "opening", "next-plan", "signature")}
    result = judge("\n".join(parts.values()))
    assert result.kind == "other" or result.element(element).verdict != "met"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("element", ["xi-thought", "first-responsible", "prior-problems"])
def test_an_element_moved_into_the_plan_is_not_met(base: str, element: str, judge: Judge) -> None:
    parts = dict(BASES[base])
    moved = parts.pop(element).splitlines()[-1]
    parts["next-plan"] += "\n（二）" + moved.removeprefix("（一）")
    result = judge("\n".join(parts.values()))
    assert result.element(element).verdict == ("weak" if element == "xi-thought" else "missing")


@pytest.mark.parametrize("element", DENIED)
def test_an_element_denied_or_emptied_is_not_met(element: str, judge: Judge) -> None:
    parts = {**FORMAL, element: DENIED[element]}
    if element == "problems":
        parts["causes"] = ""
    if element == "achievements":
        parts = {
            name: text
            for name, text in parts.items()
            if name in ("title", "opening", "achievements", "next-plan", "signature")
        }
    result = judge("\n".join(text for text in parts.values() if text))
    assert result.kind == "other" or result.element(element).verdict != "met"


@pytest.mark.parametrize("element", REPLACED)
def test_an_element_replaced_by_a_look_alike_is_not_met(element: str, judge: Judge) -> None:
    result = judge(report(FORMAL, **{element: REPLACED[element]}))
    assert result.element(element).verdict != "met"


def test_a_title_without_agency_or_year_is_weak(judge: Judge) -> None:
    assert judge(report(FORMAL, title="2024年法治政府建设情况报告")).element("title").verdict == "weak"
    assert judge(report(FORMAL, title="青原市市场监督管理局法治政府建设情况报告")).element("title").verdict == "weak"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("element", REQUIRED)
def test_the_model_sentence_of_the_advice_repairs_a_report_that_lacks_an_element(
    base: str, element: str, judge: Judge
) -> None:
    parts = emptied(base, element)
    lacking = judge(joined(parts))
    assert lacking.kind == "report" and lacking.element(element).verdict != "met"
    model = MODEL.search(lacking.element(element).advice or "")
    assert model, "the advice gives a model sentence"
    mended = judge(joined({**parts, element: f"{parts[element]}\n{model[1]}".strip()}))
    assert mended.element(element).verdict == "met"
    lost = {e.id for e in lacking.elements if e.verdict == "met"} - {
        e.id for e in mended.elements if e.verdict == "met"
    }
    assert not lost


def emptied(base: str, element: str) -> dict[str, str]:
    """A report of which a part keeps its heading only, and what tells the same by the way is gone."""
    parts = {**BASES[base], element: HEADINGS[base].get(element, "")}
    if element == "problems":
        parts["causes"] = ""
    if element == "achievements":
        told = ("title", "opening", "achievements", "next-plan", "signature")
        return {name: parts[name] for name in told}
    return parts


def joined(parts: dict[str, str]) -> str:
    return "\n".join(filter(None, parts.values()))


@pytest.mark.parametrize("base", BASES)
def test_the_model_sentence_of_the_advice_covers_a_field(base: str, judge: Judge) -> None:
    parts = {**BASES[base], "achievements": HEADINGS[base]["achievements"]}
    for element in [e for e in judge("\n".join(parts.values())).elements if e.part == "coverage"]:
        if element.verdict == "met":
            continue
        model = MODEL.search(element.advice or "")
        assert model
        text = "\n".join({**parts, "achievements": f"{parts['achievements']}\n{model[1]}"}.values())
        assert judge(text).element(element.id).verdict == "met", (element.id, model[1])
