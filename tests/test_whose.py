"""Whose acts: what another body did is told by that body's name at the head of a clause, and does not count."""

from __future__ import annotations

import pytest

from checker.compiled import CompiledPack
from checker.context.bodies import OwnBody, own_body
from checker.engine import read_document
from checker.judge import clues
from checker.models.document import RawReport
from checker.models.rule import Clue


def others(pack: CompiledPack, agency: str, account: str) -> list[str]:
    """The clauses of an account that tell of other bodies' acts."""
    text = f"{agency}2024年度法治政府建设情况报告\n一、工作情况\n{account}\n"
    document = read_document(RawReport("x", text), pack)
    spans = map(document.layout.clause_span, range(len(document.layout.clause_starts)))
    return [document.view.text[span.start : span.end].strip() for span in spans if document.is_others(span)]


@pytest.fixture
def waterworks(pack: CompiledPack) -> OwnBody:
    own = own_body("青塘县水利局", "county", "department", pack.pack.sections.others)
    assert own is not None
    return own


@pytest.fixture
def county(pack: CompiledPack) -> OwnBody:
    own = own_body("青塘县人民政府", "county", "government", pack.pack.sections.others)
    assert own is not None
    return own


@pytest.mark.parametrize(
    "name", ["县水利局", "青塘县水利局", "青塘县水利综合执法大队", "石桥镇人民政府", "局机关"]
)  # itself, what is under it, what bears no rank
def test_a_bureau_owns_itself_and_what_is_under_it(waterworks: OwnBody, name: str) -> None:
    assert waterworks.owns(name)


@pytest.mark.parametrize(
    ("agency", "level", "name"),
    [("高平市水利局", "county", "晋城市委"), ("桐乡市濮院镇人民政府", "township", "桐乡市数据局")],
)
def test_names_with_signs_of_rank_in_them_are_parted_rightly(
    pack: CompiledPack, agency: str, level: str, name: str
) -> None:
    own = own_body(agency, level, "department" if agency.endswith("局") else "township", pack.pack.sections.others)
    assert own is not None and not own.owns(name)


@pytest.mark.parametrize("name", ["县公安局", "县政府", "县委", "市水利局", "省水利厅", "白河县水利局", "县人民法院"])
def test_a_bureau_owns_no_sibling_superior_or_namesake(waterworks: OwnBody, name: str) -> None:
    assert not waterworks.owns(name)


@pytest.mark.parametrize("name", ["县公安局", "县委", "青塘县司法局", "石桥镇人民政府"])
def test_a_government_owns_its_departments_and_towns(county: OwnBody, name: str) -> None:
    assert county.owns(name)


@pytest.mark.parametrize("name", ["市司法局", "省政府", "白河县政府", "县人民法院", "县检察院"])
def test_a_government_owns_no_superior_neighbour_or_court(county: OwnBody, name: str) -> None:
    assert not county.owns(name)


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ("青塘县住房和城乡建设局", "县住建局"),
        ("青塘市市场监督管理局", "市市监局"),
        ("青塘县司法局", "县政府"),  # it does its government's legal business
        ("青塘市公安局", "市局"),
    ],
)
def test_short_names_are_known(pack: CompiledPack, agency: str, name: str) -> None:
    own = own_body(agency, "city" if "市" in agency[:3] else "county", "department", pack.pack.sections.others)
    assert own is not None and own.owns(name)


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("县公安局立案31起，破获28起。我局立案5起。", ["县公安局立案31起,", "破获28起。"]),
        ("7月，市水利局举办培训2期；我局选派12人参加。", ["市水利局举办培训2期;"]),
        ("由县司法局牵头的专项清理涉及文件30件。", ["由县司法局牵头的专项清理涉及文件30件。"]),
        ("据县统计局通报，全县办件9000件。", ["据县统计局通报,", "全县办件9000件。"]),
        ("邻县建成平台1个，接入设备90套。", ["邻县建成平台1个,", "接入设备90套。"]),
        ("宏远砂石公司自行组织演练3次。", ["宏远砂石公司自行组织演练3次。"]),
        ("县人民法院审结行政案件20件。该院发布白皮书1份。", ["县人民法院审结行政案件20件。", "该院发布白皮书1份。"]),
    ],
)
def test_acts_of_others_are_told(pack: CompiledPack, account: str, told: list[str]) -> None:
    assert others(pack, "青塘县水利局", account) == told


@pytest.mark.parametrize(
    "account",
    [
        "联合县公安局查处非法采砂12起。",
        "县公安局联合我局查处非法采砂12起。",
        "县公安局、县水利局联合查处非法采砂12起。",
        "县审计局开展专项审计，提出意见3条，均已整改。",
        "县信访局转办的积案4件全部办结。",
        "代县政府起草管理办法2件，征求意见41条。",
        "办理县人大代表建议8件。",
        "根据县委依法治县办部署，清理文件30件。",
        "聘请律师2名，驻局坐班96次。",
    ],
)
def test_acts_of_the_body_itself_are_not_others(pack: CompiledPack, account: str) -> None:
    assert others(pack, "青塘县水利局", account) == []


@pytest.mark.parametrize(
    ("agency", "account"),
    [
        ("翠湖街道办事处", "区城管局联合街道开展夜间整治16次。"),
        ("青塘县人民政府", "县公安局立案31起，县委依法治县办评查案卷200卷。"),
        ("义江市公安局南城分局", "市公安局南城分局办结行政案件310件。"),
        ("青塘经济技术开发区管理委员会", "区应急管理局检查企业86家。"),
        ("青塘县应急管理局", "县安委办组织综合演练6次。"),
        ("青塘县司法局", "县政府行政复议机构受理申请46件。"),
        ("北京市通州区水务局", "通州区水务局查处案件36起。"),  # 州 is a rank in other names
        ("晋城市人民政府", "晋城市司法局审核文件36件。"),  # 城市 is no sign of a body there
        ("湘乡市人民政府", "市司法局审核文件36件。"),  # so is 乡
        ("荆州市荆州区人民政府", "荆州区政府审议决策事项6项。"),
        ("石桥镇人民政府", "县司法局石桥司法所审核合同36份。"),
        ("青塘县人民政府", "市场监管局查处案件120起，水利部门巡河360次。"),
        ("青塘县人民政府", "市中级人民法院与县政府召开府院联席会议2次。"),
        ("青塘市水利局", "县区水利局查处采砂12起。"),
        ("市政务服务数据管理局", "广州12345热线设立整改专班1个。"),
    ],
)
def test_many_bodies_own_what_bears_other_names(pack: CompiledPack, agency: str, account: str) -> None:
    assert others(pack, agency, account) == []


def test_a_clause_of_circumstance_does_not_reach_on(pack: CompiledPack) -> None:
    account = "县气象局发布暴雨红色预警后，连夜开启闸门16座，转移群众86人。"
    assert others(pack, "青塘县水利局", account) == ["县气象局发布暴雨红色预警后,"]


def test_a_body_of_unknown_name_or_level_owns_what_it_tells(pack: CompiledPack) -> None:
    rules = pack.pack.sections.others
    assert own_body(None, "county", "department", rules) is None
    assert own_body("青塘县水利局", None, "department", rules) is None
    assert own_body("青塘县水利局", "county", "department", None) is None


def test_a_clue_may_count_whoever_acts(pack: CompiledPack) -> None:
    text = "青塘县水利局2024年度法治政府建设情况报告\n一、工作情况\n县公安局立案31起。\n"
    document = read_document(RawReport("x", text), pack)
    own, anyone = Clue(any="立案"), Clue(any="立案", whose="anyone")
    hits = [(document.view.text.index("立案"), document.view.text.index("立案") + 2)]
    document.hits = {"own": hits, "anyone": hits} | {name: document.hits[name] for name in document.hits}
    assert clues.find(document, "own", own) == []
    assert clues.find(document, "anyone", anyone) == hits
    assert clues.refusal(document, "own", own, hits[0]) == clues.Refusal("others")


@pytest.mark.parametrize(
    ("clause", "is_others"),
    [
        ("县审计局对2022年水库资金审计提出意见3条。", False),  # a year is nobody
        ("县审计局开展专项审计，提出意见3条。", False),
        ("县审计局对12家企业开展专项审计。", True),
        ("县审计局对全县学校开展专项审计。", True),
        ("县市场监管局来镇检查食品摊点43家。", True),
        ("县委依法治县办来镇督导，提出意见3条。", False),
    ],
)
def test_who_watches_nobody_else_watches_the_own_body(pack: CompiledPack, clause: str, is_others: bool) -> None:
    assert bool(others(pack, "青塘县水利局", clause)) is is_others
