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
