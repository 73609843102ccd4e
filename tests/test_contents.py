"""A section whose heading names no role gets the role that most of its sentences tell."""

from __future__ import annotations

import pytest

from checker.compiled import CompiledPack
from checker.engine import read_document
from checker.models.document import RawReport

ACCOUNT = (
    "柳湾县水务局2023年法治政府建设情况报告\n"
    "一、把规矩立起来\n全年审查规范性文件7件，清理废止2件。修订取水许可办事指南，办理事项214件。\n"
    "二、把执法做扎实\n立案31起，结案29起，罚款18.4万元。开展案卷评查2次，抽查案卷40卷。"
    "组织执法人员培训3期，参训96人次。联合公安巡河11次，劝离垂钓人员207人。\n"
)


def role_of(pack: CompiledPack, text: str, place: str) -> str:
    document = read_document(RawReport("x", text), pack)
    return document.role_at(document.view.text.index(place))


def test_sentences_of_shortcomings_make_a_problem_section(pack: CompiledPack) -> None:
    text = (
        ACCOUNT + "三、几件放心不下的事\n持证执法人员只有9人，力量明显不足。乡镇水利站业务不熟，文书制作不规范。"
        "部分取水户计量设施老化，数据传不上来。\n"
    )
    assert role_of(pack, text, "业务不熟") == "problems"


def test_sentences_of_intentions_make_a_plan_section(pack: CompiledPack) -> None:
    text = (
        ACCOUNT + "三、鼓足劲头再出发\n将修订河道采砂管理办法。拟于上半年启动执法装备更新。"
        "年底前完成全部取水口计量改造，年内再培训执法人员100人次。\n"
    )
    assert role_of(pack, text, "修订河道采砂") == "plan"


@pytest.mark.parametrize(
    ("section", "place"),
    [
        (
            "三、督促整改出实招\n排查出制度不健全问题12个，已全部整改。督促企业解决计量不规范问题31个。开展回访2次。\n",
            "排查出",
        ),
        (
            "三、服务送到家门口\n上门办理取水许可62件。群众等候时间由40分钟缩短到8分钟。办件不足的窗口合并3个。\n",
            "上门",
        ),
    ],
)
def test_work_on_the_shortcomings_of_others_stays_work(pack: CompiledPack, section: str, place: str) -> None:
    assert role_of(pack, ACCOUNT + section, place) == "work-done"


def test_a_section_at_the_head_of_the_report_is_never_told_by_its_contents(pack: CompiledPack) -> None:
    text = (
        "柳湾县水务局2023年法治政府建设情况报告\n一、底子摸清楚\n历史取水户手续不全。计量设施老化。乡镇力量薄弱。\n"
        + ACCOUNT.split("\n", 1)[1].replace("二、", "三、").replace("一、", "二、")
    )
    assert role_of(pack, text, "手续不全") == "work-done"


def test_a_section_that_turns_by_a_sentence_is_left_to_that_sentence(pack: CompiledPack) -> None:
    text = (
        ACCOUNT
        + "三、普法走进村屯\n举办宪法宣传活动14场。下一步，将编写水法读本。拟再培训法治带头人。年内将建成宣传长廊。\n"
    )
    assert role_of(pack, text, "举办宪法") == "work-done"
    assert role_of(pack, text, "编写水法") == "plan"


BARE = ACCOUNT.replace("一、把规矩立起来\n", "").replace("二、把执法做扎实\n", "")


@pytest.mark.parametrize(
    ("paragraph", "place", "role"),
    [
        ("持证执法人员只有9人，力量明显不足。乡镇水利站业务不熟，文书制作不规范。\n", "业务不熟", "problems"),
        ("拟于上半年启动装备更新。年底前完成取水口改造，年内再培训96人次。\n", "启动装备", "plan"),
        ("排查出制度不健全问题12个，已全部整改。督促企业解决计量不规范问题31个。\n", "排查出", "work-done"),
        ("上门办理取水许可62件。群众等候时间由40分钟缩短到8分钟。\n", "上门", "work-done"),
    ],
)
def test_paragraphs_that_nothing_announces_are_told_by_what_they_say(
    pack: CompiledPack, paragraph: str, place: str, role: str
) -> None:
    assert role_of(pack, BARE + paragraph + "柳湾县水务局\n2024年1月8日\n", place) == role


def test_a_section_is_told_by_the_sentences_before_one_that_names_it(pack: CompiledPack) -> None:
    text = (
        ACCOUNT
        + "三、三桩心事\n材料互认还不顺；台账有61件不全；代办点单子陈旧。这些短板不容忽视。\n四、2024年安排\n修订办法。\n"
    )
    assert role_of(pack, text, "材料互认") == "problems"


def test_words_before_a_colon_divide_a_report_without_headings(pack: CompiledPack) -> None:
    text = (
        "柳湾县水务局2023年法治政府建设情况报告\n执法：立案31起，结案29起。\n普法：宣讲14场。\n"
        "欠账：台账登记漏登两成；拆违平均拖87天。\n明年：摊贩扫码登记覆盖7个夜市。\n"
    )
    assert role_of(pack, text, "立案31起") == "work-done"
    assert role_of(pack, text, "漏登两成") == "problems"
    assert role_of(pack, text, "扫码登记") == "plan"


def test_a_few_labels_within_a_report_do_not_divide_it(pack: CompiledPack) -> None:
    text = BARE + "案例：一户取水户补缴水费3万元。\n欠账：台账登记漏登两成。\n"
    assert role_of(pack, text, "补缴水费") == "work-done"


@pytest.mark.parametrize(
    "heading",
    [
        "落实任务清单，压实责任",
        "任务清单落实情况",
        "层层签订责任书和任务书",
        "三年行动计划表落地",
        "突出前瞻性，抓好重点领域立法",
        "深化“放管服”改革再出发",
        "新年普法送万家",
        "开春送法下乡",
        "迈向2024年的“八五”普法",
        "迎接2024年全国文明城市测评",
        "建立问题清单，抓实执法监督",
        "针对企业问题清单精准服务",
        "企业问题清单办理情况",
        "回应群众疑问",
        "聚焦新能源产业缺口，强化要素保障",
        "做好2022年专题调研成果转化",
        "规范2022年台账",
        "依法办理上年度结转事项",
        "破解老旧小区物业老问题",
        "清理“旧账”，化解信访积案",
        "化解历史欠账",
        "突出问题导向，强化行政执法监督",
        "突出问题专项整治",
        "难点堵点问题化解有力",
        "前沿技术赋能",
        "差异化监管",
        "短视频普法",
        "把群众的问号变成句号",
        "找差距补短板，提升执法水平",
        "查短板强弱项",
        "对标一流找差距",
    ],
)
def test_a_heading_of_the_account_stays_one_whatever_words_it_shares(pack: CompiledPack, heading: str) -> None:
    text = ACCOUNT + f"三、{heading}\n开展检查12次，办理事项86件，完成改造3处。\n柳湾县水务局\n2024年1月8日\n"
    assert role_of(pack, text, "开展检查12次") == "work-done"


@pytest.mark.parametrize(
    "sentence",
    [
        "坚持把群众不满意的地方作为改进重点，整改86项。",
        "办好让群众揪心的事，解决办证难1200户。",
        "对群众不满意的事项逐件回访。",
        "针对让人担心的情况，组织排查12次。",
        "开展“差距在哪里”大讨论3场。",
        "还有两件事让人高兴：办证量增长12%，投诉下降8%。",
        "站在新的起点上，全局上下完成改革任务12项。",
        "农户缴费不及时的216户，上门催缴。水表老化的86户已更换。",
    ],
)
def test_a_sentence_of_the_account_turns_to_nothing(pack: CompiledPack, sentence: str) -> None:
    text = BARE + sentence + "开展检查12次，办理事项86件。\n柳湾县水务局\n2024年1月8日\n（公开日期：2024年1月15日）\n"
    assert role_of(pack, text, "开展检查12次") == "work-done"


def test_numbered_parts_stand_above_all_other_headings(pack: CompiledPack) -> None:
    text = (
        "柳湾县水务局2023年法治政府建设情况报告\n第一部分 履职\n一、执法\n立案31起。\n二、审批\n办件214件。\n"
        "第二部分 2024年安排\n一、轮训执法人员2期；二、清理文件1次。\n"
    )
    assert role_of(pack, text, "立案31") == "work-done"
    assert role_of(pack, text, "清理文件") == "plan"


def test_parts_within_a_sentence_are_none(pack: CompiledPack) -> None:
    text = (
        ACCOUNT
        + "讲座分两次。第一部分讲解水法。第二部分讲解条例。\n三、存在的不足\n人手少。\n四、原因\n内勤一人多岗。\n"
    )
    assert role_of(pack, text, "人手少") == "problems"
    assert role_of(pack, text, "内勤") == "causes"


@pytest.mark.parametrize(
    ("heading", "role"), [("问题", "problems"), ("目标任务", "plan"), ("目标任务完成情况", "work-done")]
)
def test_a_heading_of_one_word_names_a_role(pack: CompiledPack, heading: str, role: str) -> None:
    assert role_of(pack, f"{ACCOUNT}三、{heading}\n（一）文书\n内容若干。\n", "内容若干") == role


def test_a_sub_heading_that_runs_into_its_text_names_causes(pack: CompiledPack) -> None:
    text = ACCOUNT + "三、存在的不足及原因\n（一）不足。归档慢。\n（二）原因。内勤一人多岗。\n"
    assert role_of(pack, text, "内勤") == "causes"
