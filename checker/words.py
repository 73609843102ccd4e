"""Rules told in words: phrases, clues and conditions as a clerk reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checker.match import builtins
from checker.models.rule import Applies, Check, Clue, Condition, Correction, Element, Fact, Near, PhraseSet, RulePack
from checker.render.to_table import LEVELS
from checker.render.width import shorten, width

UNITS = {
    "clause": "同一分句", "segment": "同一小句", "sentence": "同一句", "paragraph": "同一段", "section": "同一部分",
    "report": "全文",
}  # fmt: skip
_SIDES = {"before": "之前", "after": "之后", "either": "前后"}
_TIMES = {"done": "写已做的事", "planned": "写计划的事", "either": "已做、计划的都算"}
_DENIED = {"no": "被否定的不算", "yes": "只算被否定的", "either": "被否定的也算"}
_PLACES = {"heading": "只看标题", "body": "只看正文", "either": ""}
BODIES = {"government": "政府", "department": "部门", "township": "乡镇街道"}
_FACTS: dict[Fact, str] = {"title-line": "有标题行", "title-year": "标题里有年度", "title-agency": "标题里有机关名称"}
_SIGNS = re.compile(r"\{\.\.(\d+)\}|\{([A-Za-z][A-Za-z0-9+-]*)\}|…+|~|[()\[\]|]")
_FULL = {"(": "（", ")": "）", "[": "［", "]": "］", "|": "／"}
_BLANKS = {
    "text": "原文", "fixed": "改正后", "year": "报告年度", "next": "下一年", "found": "写的年份", "mark": "标记或标点",
    "expected": "应有的序号", "last": "前一个序号", "number": "数字", "share": "比率", "value": "数值", "total": "总数",
    "sum": "各项之和", "masked": "隐去的号码", "name": "文件名称", "begins": "开始日期", "ends": "终止日期",
    "successor": "接续的文件", "set": "固定表述", "lacking": "缺的项", "wrong": "误列的项", "right": "规范表述",
    "opening": "这段开头", "listed": "列出的项", "missing": "缺的项", "first": "前一项", "second": "后一项",
}  # fmt: skip
LEGEND = "（甲／乙）任取其一，［丙］可有可无，〔…〕是词库里的概念，…… 是中间可隔开的文字。"


def phrase(text: str, pack: RulePack) -> str:
    """A phrase of the notation as it reads."""

    def sign(match: re.Match[str]) -> str:
        if match[2]:
            return f"〔{concept(match[2], pack)}〕"
        return _FULL.get(match[0], "……")

    return _SIGNS.sub(sign, text)


def concept(name: str, pack: RulePack) -> str:
    """What a concept stands for; one that does not say so, by its first wording."""
    rule = pack.concepts.get(name)
    if rule is None:
        return builtins.TITLES.get(name, name)
    return rule.says or sample(rule.any, pack)


def sample(phrases: Sequence[str], pack: RulePack) -> str:
    """The first of some phrases, cut short, to stand for all of them."""
    first = phrase(phrases[0], pack)
    return f"{shorten(first, 24)}{'等' if len(phrases) > 1 and width(first) <= 24 else ''}"


def clue(rule: Element, name: str, pack: RulePack) -> str:
    """What a clue is, for people: its own words, else its first wording."""
    found = rule.clues[name]
    return (found.says or sample(found.any, pack)).replace("“", "‘").replace("”", "’")


def concepts_in(texts: Iterable[str], pack: RulePack) -> list[str]:
    """The names of the lexicon's concepts that some phrases mention, in order."""
    names = [match[2] for text in texts for match in _SIGNS.finditer(text) if match[2]]
    return [name for name in dict.fromkeys(names) if name in pack.concepts]


def conditions(clue: Clue, pack: RulePack) -> str:
    """Where, of what time and in what company a clue's wordings count."""
    told = [f"位于{roles(clue.within_roles, pack)}", _PLACES[clue.place], _TIMES[clue.time], _DENIED[clue.denied]]
    told.append("别的机关做的不算" if clue.own_only and pack.sections.others else "")
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
            if role == "title":
                found.append("标题行")
                continue
            rule = pack.sections.roles.get(role)
            found.append(rule.title if rule else role)
    return "、".join(dict.fromkeys(found))


def near(item: Near, pack: RulePack) -> str:
    """A condition on neighbours."""
    reach = f"，相距不超过 {item.at_most} 字" if item.at_most else ""
    reach += "，被否定的不算" if item.denied == "no" else ""
    wordings = "、".join(phrase(text, pack) for text in item.any)
    return f"“{wordings}”（{UNITS[item.within]}，{_SIDES[item.side]}{reach}）"


def choices(condition: Check) -> list[Check]:
    """The conditions of which any one is enough."""
    if isinstance(condition, Condition) and condition.any is not None:
        return [choice for part in condition.any for choice in choices(part)]
    return [condition]


def check(condition: Check, rule: Element, pack: RulePack) -> str:
    """A verdict's condition, in words."""
    if isinstance(condition, str):
        return f"“{clue(rule, condition, pack)}”"
    if condition.any is not None:
        parts = [check(part, rule, pack) for part in condition.any]
        return f"（{'或'.join(parts)}）" if len(parts) > 1 else parts[0]
    if condition.all is not None:
        return "，并且".join(check(part, rule, pack) for part in condition.all)
    if condition.none is not None:
        return "，并且".join(_lacking(part, rule, pack) for part in condition.none)
    if condition.count is not None:
        return f"{_several(condition.count, rule, pack)}合计至少 {condition.at_least} 处"
    if condition.together is not None:
        return f"{_several(condition.together, rule, pack)}在{UNITS[condition.within]}"
    return _FACTS[condition.fact] if condition.fact else ""


def _lacking(condition: Check, rule: Element, pack: RulePack) -> str:
    """That a condition does not hold."""
    told = check(condition, rule, pack)
    return told.replace("有", "没有", 1) if isinstance(condition, Condition) and condition.fact else f"没有{told}"


def _several(names: Iterable[str], rule: Element, pack: RulePack) -> str:
    return "、".join(f"“{clue(rule, name, pack)}”" for name in names)


def message(text: str) -> str:
    """A message with its blanks named for people; what a blank holds is known only where a report is judged."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: f"〔{_BLANKS.get(match[1], '……')}〕", text)


def correction(item: Correction, pack: RulePack) -> str:
    """A wrong wording and the right one."""
    wrong = "、".join(phrase(text, pack) for text in item.find)
    right = item.right or "，".join(f"{a} 改为 {b}" for a, b in item.swap.items())
    parts = [f"{wrong} → {right}" if right else wrong]
    parts += ["不算：" + "、".join(phrase(text, pack) for text in item.unless)] if item.unless else []
    parts += [message(item.say)] if item.say else []
    return "；".join(parts)


def years(condition: str) -> str:
    """A condition on the report year, in words."""
    bound = condition.lstrip("<>=")
    sign = condition.removesuffix(bound)
    return {
        ">=": f"{bound} 年度及以后", "<=": f"{bound} 年度及以前", ">": f"{bound} 年度以后", "<": f"{bound} 年度以前",
    }.get(sign, f"{bound} 年度")  # fmt: skip


def applies(rule: Applies) -> str:
    """Which reports a rule asks."""
    told = [years(rule.years)] if rule.years else []
    told += ["、".join(BODIES[body] for body in rule.bodies)] if rule.bodies else []
    told += ["、".join(LEVELS[level] for level in rule.levels)] if rule.levels else []
    return f"{'，'.join(told)}的报告" if told else "全部报告"


def phrase_set(item: PhraseSet, pack: RulePack) -> str:
    """A set phrase: its members, and what is wrongly listed in it."""
    told = item.right or "、".join(phrase(member[0], pack) for member in item.members)
    wrong = f"；不应列入：{'、'.join(phrase(text, pack) for text in item.wrong)}" if item.wrong else ""
    return f"{item.title}：{told}{wrong}"
