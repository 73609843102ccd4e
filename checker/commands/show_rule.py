"""``checker rules show ID``: one rule on a page, for the clerk who asks why a verdict came out as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker import words
from checker.cases import CLOSE, OPEN
from checker.models.rule import Case, Check, ConceptRule, Element, FindingRule, RulePack, Telling, VerdictName
from checker.render.to_table import SEVERITIES, VERDICTS, number
from checker.render.width import clean, shorten, wrap

_PHRASES, _EXAMPLES, _WIDTH, _CONCEPT = 12, 3, 80, 280
_BARE = ("怎样判断",)


def page(rule: Element | FindingRule, cases: Sequence[Case], pack: RulePack, place: str, whole: bool) -> str:
    """Everything about a rule; ``whole`` lists every wording and case instead of the first ones."""
    lines = [*_hang("", f"{rule.id}　{rule.title}")]
    lines += [*_element(rule, pack)] if isinstance(rule, Element) else [*_finding(rule)]
    lines += [*_examples(rule, cases, whole)]
    lines += [*_conditions(rule, pack, whole)] if isinstance(rule, Element) else [*_searched(rule, pack, whole)]
    lines += ["", "所在文件", f"  {place}"]  # in one piece, to be copied
    lines += _section(f"规则包 {pack.id} 的说明", [pack.about] if pack.about else [])
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _element(rule: Element, pack: RulePack) -> Iterator[str]:
    may = "；缺失时仍可通过" if rule.may_miss else ""
    asked = f"{pack.parts[rule.part].title}；{number(rule.weight)} 分；适用于：{words.applies(rule.applies)}{may}"
    yield from _hang("", asked)
    yield from _section("什么算数", [rule.counts or rule.reasons["met"]])
    yield from _section("什么不算", [rule.not_counts] if rule.not_counts else [])
    yield from _section("依据", rule.basis, bullets=True)
    yield from _section("建议", [rule.advice])
    yield from _section("示范句", [f"“{words.message(rule.model)}”"])


def _conditions(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    yield from _verdicts(rule, pack)
    yield from _clues(rule, pack, whole)


def _verdicts(rule: Element, pack: RulePack) -> Iterator[str]:
    """What earns each verdict: the conditions of which any one is enough, one a line."""
    conditions: tuple[tuple[VerdictName, Check], ...] = (("met", rule.met), ("weak", rule.weak))
    yield from _section("怎样判断", [])
    for verdict, condition in conditions:
        choices = [words.check(choice, rule, pack) for choice in words.choices(condition)]
        lead = "有下列任一种情形" if len(choices) > 1 else "有下列情形"
        yield from _hang("  ", f"{VERDICTS[verdict]}：{rule.reasons[verdict]}{lead}：")
        for choice in choices:
            yield from _hang("    - ", choice)
    yield from _hang("  ", f"{VERDICTS['missing']}：{rule.reasons['missing']}")
    because = [f"{VERDICTS[b.verdict]}，{words.check(b.when, rule, pack)}：{b.say}" for b in rule.because]
    yield from _section("另外说明的情形", because, bullets=True)


def _clues(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    """Each clue: its conditions, its wordings, what looks like it and does not count."""
    if not rule.clues:
        return
    yield from _section("找哪些依据", [f"写法说明：{words.LEGEND}"])
    for name, clue in rule.clues.items():
        yield ""
        yield from _hang("  ", f"“{words.clue(rule, name, pack)}”：{words.conditions(clue, pack)}")
        yield from _phrases([words.phrase(text, pack) for text in clue.any], "    - ", whole)
        yield from _phrases([words.phrase(text, pack) for text in clue.unless], "    - 不算：", whole)
    yield from _section("其中的概念", _concepts(rule, pack, whole), bullets=True)


def _concepts(rule: Element, pack: RulePack, whole: bool) -> Iterator[str]:
    """What the concepts of the clues stand for."""
    texts = [text for clue in rule.clues.values() for text in clue.any]
    texts += [text for clue in rule.clues.values() for item in (*clue.near, *clue.not_near) for text in item.any]
    for name in words.concepts_in(texts, pack):
        told = "、".join(words.phrase(text, pack) for text in pack.concepts[name].any)
        yield f"〔{words.concept(name, pack)}〕：{told if whole else shorten(told, _CONCEPT)}"


def _finding(rule: FindingRule) -> Iterator[str]:
    yield from _hang("", f"问题；级别：{SEVERITIES[rule.severity]}；适用于：{words.applies(rule.applies)}")
    yield from _section("怎样说明", [words.message(rule.message)])
    yield from _section("各种情形", _tellings(rule), bullets=True)
    yield from _section("建议", [words.message(rule.advice)])
    yield from _section("依据", rule.basis, bullets=True)


def _searched(rule: FindingRule, pack: RulePack, whole: bool) -> Iterator[str]:
    """What a finding looks for, as far as its wordings stand in the pack."""
    searched = [words.correction(item, pack) for item in rule.corrections]
    searched += [words.phrase_set(item, pack) for item in rule.sets]
    searched += [_words(item, pack, whole) for item in rule.words.values()]
    if searched:
        yield from _section("查什么", [f"写法说明：{words.LEGEND}"])
        yield from _phrases(searched, "  - ", whole)


def _tellings(rule: FindingRule) -> list[str]:
    """How each sort of the rule's faults is told, by the rule itself or by its detector's options."""
    said: dict[str, str] = getattr(rule.options, "say", {})
    kinds = [kind for kind in said if not kind.endswith("-advice")]
    own = [words.message(said[kind] + said.get(f"{kind}-advice", "")) for kind in kinds]
    return [*(_telling(telling, rule) for telling in rule.tellings.values()), *own]


def _telling(telling: Telling, rule: FindingRule) -> str:
    severity = f"（{SEVERITIES[telling.severity]}）" if telling.severity and telling.severity != rule.severity else ""
    return f"{words.message(telling.message)}{severity}{words.message(telling.advice or '')}"


def _words(rule: ConceptRule, pack: RulePack, whole: bool) -> str:
    told = "、".join(words.phrase(text, pack) for text in rule.any)
    told = told if whole else shorten(told, _CONCEPT)
    return f"{rule.says}：{told}" if rule.says else told


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
    """A title and the texts under it; nothing where there are none to come, but for a title whose texts follow."""
    texts = list(texts)
    if not texts and title not in _BARE:
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
        yield f"{' ' * (lead.index('-') + 2)}（另有 {len(texts) - len(shown)} 条，加 --all 全部列出）"


def _hang(lead: str, text: str) -> Iterator[str]:
    """The text wrapped behind its lead, all lines as far in as the first one's text."""
    bullet = lead[: len(lead.rstrip()) + 1] if "-" in lead else lead
    indent = " " * (len(bullet) if "- " not in bullet else bullet.index("- ") + 2)
    text = lead[len(indent) :] + clean(text)
    for index, line in enumerate(wrap(text, _WIDTH - len(indent))):
        yield (indent if index else lead[: len(indent)]) + line
