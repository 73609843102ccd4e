"""Rules told in words: phrases, clues and conditions as a clerk reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.match import builtins
from checker.models.rule import Applies, Check, Clue, Correction, Near, RulePack

UNITS = {
    "clause": "同一分句", "segment": "同一小句", "sentence": "同一句", "paragraph": "同一段", "section": "同一部分",
    "report": "全文",
}  # fmt: skip
_SIDES = {"before": "之前", "after": "之后", "either": "前后"}
_TIMES = {"done": "写已做的事", "planned": "写计划的事", "either": "已做、计划的都算"}
_DENIED = {"no": "被否定的不算", "yes": "只算被否定的", "either": "被否定的也算"}
_PLACES = {"heading": "只看标题", "body": "只看正文", "either": ""}
_BODIES = {"government": "政府", "department": "部门", "township": "乡镇街道"}
_LEVELS = {"national": "国家级", "province": "省级", "city": "市级", "county": "县级", "township": "乡镇级"}
_FACTS = {"title-line": "有标题行", "title-year": "标题里有年度", "title-agency": "标题里有机关名称"}
_SIGNS = re.compile(r"\{\.\.(\d+)\}|\{([A-Za-z][A-Za-z0-9+-]*)\}|…+|~|[()\[\]|]")
_FULL = {"(": "（", ")": "）", "[": "［", "]": "］", "|": "／"}
LEGEND = "（甲／乙）任取其一，［丙］可有可无，〔…〕是词库里的概念，…… 是中间可隔开的文字。"


def phrase(text: str, pack: RulePack) -> str:
    """A phrase of the notation as it reads."""

    def sign(match: re.Match[str]) -> str:
        if match[2]:
            return f"〔{concept(match[2], pack)}〕"
        return _FULL.get(match[0], "……")

    return _SIGNS.sub(sign, text)


def concept(name: str, pack: RulePack) -> str:
    """What a concept stands for."""
    rule = pack.concepts.get(name)
    return (rule.says if rule else None) or builtins.TITLES.get(name) or name


def concepts_in(texts: Iterable[str], pack: RulePack) -> list[str]:
    """The names of the lexicon's concepts that some phrases mention, in order."""
    names = [match[2] for text in texts for match in _SIGNS.finditer(text) if match[2]]
    return [name for name in dict.fromkeys(names) if name in pack.concepts]


def conditions(clue: Clue, pack: RulePack) -> str:
    """Where, of what time and in what company a clue's wordings count."""
    told = [f"位于{roles(clue.within_roles, pack)}", _PLACES[clue.place], _TIMES[clue.time], _DENIED[clue.denied]]
    told += [f"附近须有{near(item, pack)}" for item in clue.near]
    told += [f"附近不得有{near(item, pack)}" for item in clue.not_near]
    told.append("书名号内的也算" if clue.quoted else "")
    return "；".join(part for part in told if part)


def roles(names: Iterable[str], pack: RulePack) -> str:
    """The parts of a report by their titles."""
    found: list[str] = []
    for name in list(names) or ["account"]:
        if name == "any":
            return "全文任何部分"
        for role in pack.sections.groups.get(name, [name]):
            rule = pack.sections.roles.get(role)
            found.append(rule.title if rule else role)
    return "、".join(dict.fromkeys(found))


def near(item: Near, pack: RulePack) -> str:
    """A condition on neighbours."""
    reach = f"，相距不超过 {item.at_most} 字" if item.at_most else ""
    wordings = "、".join(phrase(text, pack) for text in item.any)
    return f"“{wordings}”（{UNITS[item.within]}，{_SIDES[item.side]}{reach}）"


def check(condition: Check) -> str:
    """A verdict's condition."""
    if isinstance(condition, str):
        return f"有 {condition}"
    if condition.any is not None:
        return "（" + " 或 ".join(map(check, condition.any)) + "）"
    if condition.all is not None:
        return " 且 ".join(map(check, condition.all))
    if condition.none is not None:
        return "没有（" + "、".join(check(part).removeprefix("有 ") for part in condition.none) + "）"
    if condition.count is not None:
        return f"{'、'.join(condition.count)} 合计至少 {condition.at_least} 处"
    if condition.together is not None:
        return f"{'、'.join(condition.together)} 见于{UNITS[condition.within]}"
    return _FACTS.get(condition.fact or "", condition.fact or "")


def correction(item: Correction, pack: RulePack) -> str:
    """A wrong wording and the right one."""
    wrong = "、".join(phrase(text, pack) for text in item.find)
    right = item.right or "，".join(f"{a} 改为 {b}" for a, b in item.swap.items())
    parts = [f"{wrong} → {right}" if right else wrong]
    parts += ["不算：" + "、".join(phrase(text, pack) for text in item.unless)] if item.unless else []
    parts += [item.say] if item.say else []
    return "；".join(parts)


def applies(rule: Applies) -> str:
    """Which reports a rule asks."""
    told = [f"报告年度 {rule.years}"] if rule.years else []
    told += ["、".join(_BODIES[body] for body in rule.bodies)] if rule.bodies else []
    told += ["、".join(_LEVELS[level] for level in rule.levels)] if rule.levels else []
    return "，".join(told) or "全部报告"
