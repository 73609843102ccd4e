"""``checker rules show ID``: one rule on a page, for the clerk who asks why a verdict came out as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.cases import CLOSE, OPEN
from checker.commands import words
from checker.models.rule import Case, Element, FindingRule, RulePack
from checker.render.to_table import PARTS, SEVERITIES, VERDICTS, number
from checker.render.width import clean, shorten, wrap

_PHRASES, _EXAMPLES, _WIDTH, _CONCEPT = 12, 3, 80, 280


def page(rule: Element | FindingRule, cases: Sequence[Case], pack: RulePack, place: str, whole: bool) -> str:
    """Everything about a rule; ``whole`` lists every wording and case instead of the first ones."""
    body = _element(rule, pack, whole) if isinstance(rule, Element) else _finding(rule, pack, whole)
    lines = [*body, *_examples(rule, cases, whole), "", "所在文件", f"  {place}"]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _element(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    yield f"{rule.id}　{rule.title}"
    may = "；缺失时仍可通过" if rule.may_miss else ""
    yield f"{PARTS[rule.part]}；{number(rule.weight)} 分；适用于{words.applies(rule.applies)}{may}"
    yield from _section("什么算数", [rule.counts or rule.reasons["met"]])
    yield from _section("什么不算", [rule.not_counts] if rule.not_counts else [])
    yield from _section("依据", rule.basis, bullets=True)
    yield from _section("结论", _verdicts(rule), bullets=True)
    yield from _clues(rule, pack, whole)
    yield from _section("建议", [rule.advice])
    yield from _section("示范句", [f"“{rule.model}”"])


def _verdicts(rule: Element) -> list[str]:
    return [
        f"{VERDICTS['met']}：{words.check(rule.met)}。{rule.reasons['met']}",
        f"{VERDICTS['weak']}：{words.check(rule.weak)}。{rule.reasons['weak']}",
        f"{VERDICTS['missing']}：以上都没有。{rule.reasons['missing']}",
        *(f"理由另说（{VERDICTS[b.verdict]}，{words.check(b.when)}）：{b.say}" for b in rule.because),
    ]


def _clues(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    """Each clue: its conditions, its wordings, what looks like it and does not count."""
    if not rule.clues:
        return
    yield from _section("线索", [f"写法说明：{words.LEGEND}"])
    for name, clue in rule.clues.items():
        yield ""
        yield from _hang(f"  {name}  ", words.conditions(clue, pack))
        yield from _phrases([words.phrase(text, pack) for text in clue.any], "    - ", whole)
        yield from _phrases([words.phrase(text, pack) for text in clue.unless], "    - 不算：", whole)
    yield from _section("线索里的概念", _concepts(rule, pack, whole), bullets=True)


def _concepts(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    """What the concepts of the clues stand for."""
    texts = [text for clue in rule.clues.values() for text in clue.any]
    texts += [text for clue in rule.clues.values() for item in (*clue.near, *clue.not_near) for text in item.any]
    for name in words.concepts_in(texts, pack):
        told = "、".join(words.phrase(text, pack) for text in pack.concepts[name].any)
        yield f"〔{words.concept(name, pack)}〕：{told if whole else shorten(told, _CONCEPT)}"


def _finding(rule: FindingRule, pack: RulePack, whole: bool) -> Iterator[str]:
    yield f"{rule.id}　{rule.title}"
    yield f"问题；级别：{SEVERITIES[rule.severity]}；适用于{words.applies(rule.applies)}"
    yield from _section("怎样说明", [rule.message])
    yield from _section("依据", rule.basis, bullets=True)
    corrections = [words.correction(item, pack) for item in rule.corrections]
    if corrections:
        yield from _section("查什么", [f"写法说明：{words.LEGEND}"])
        yield from _phrases(corrections, "  - ", whole)
    yield from _section("建议", [rule.advice])


def _examples(rule: Element | FindingRule, cases: Sequence[Case], whole: bool) -> Iterator[str]:
    """Good and bad examples from the cases: for an element by verdict, for a finding what it finds and what not."""
    kinds: dict[str, list[Case]] = {}
    for case in cases:
        if isinstance(rule, Element):
            kinds.setdefault(f"例子：{VERDICTS[case.expect or 'missing']}", []).append(case)
        else:
            kinds.setdefault("例子：有问题（⟦ ⟧ 处）" if OPEN in case.text else "例子：没有问题", []).append(case)
    for title, group in kinds.items():
        shown = group if whole else group[:_EXAMPLES]
        yield from _section(f"{title}（共 {len(group)} 例）", [_example(case) for case in shown], bullets=True)


def _example(case: Case) -> str:
    fixed = f"　改为：{clean(case.fixed)}" if case.fixed else ""
    todo = f"　（尚未做到：{case.todo}）" if case.todo else ""
    marked = case.text if OPEN in case.text and CLOSE in case.text else case.text.strip()
    return clean(marked.replace("\n", " ／ ")) + fixed + todo


def _section(title: str, texts: Iterable[str], bullets: bool = False) -> Iterator[str]:
    texts = list(texts)
    if not texts:
        return
    yield ""
    yield title
    for text in texts:
        yield from _hang("  - " if bullets else "  ", text)


def _phrases(texts: Sequence[str], lead: str, whole: bool) -> Iterator[str]:
    shown = texts if whole else texts[:_PHRASES]
    for text in shown:
        yield from _hang(lead, text)
    if len(shown) < len(texts):
        yield f"{' ' * 4}（另有 {len(texts) - len(shown)} 条，加 --all 全部列出）"


def _hang(lead: str, text: str) -> Iterator[str]:
    """The text wrapped behind its lead."""
    indent = " " * min(len(lead), 6)
    for index, line in enumerate(wrap(lead.strip() + ("" if lead.rstrip() == lead else " ") + clean(text), _WIDTH - 6)):
        before = lead[: len(lead) - len(lead.lstrip())]
        yield (indent if index else before) + line
