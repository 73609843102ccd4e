"""``score --explain ID``: for one report, which conditions of a rule held and failed, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker import words
from checker.commands import NOT_DONE, PASSED, files, output
from checker.commands.arguments import rule_suggestion
from checker.commands.explain_places import (
    PLACES,
    QUOTE,
    REFUSED,
    Seen,
    refusals,
    short,
    spot,
    told_place,
    told_refusal,
)
from checker.commands.explain_short import answer, candidates
from checker.commands.judging import Task
from checker.compiled import CompiledPack
from checker.context import names
from checker.engine import read_by_best
from checker.errors import CheckerError, UsageError
from checker.judge.elements import Evidence_, Found, applies, holds, judge_element, year_matches
from checker.judge.findings import find_rule, find_sensitive
from checker.models.document import RawReport
from checker.models.rule import Check, Clue, Element, FindingRule, RulePack
from checker.read import read_report
from checker.render.place import place
from checker.render.shown import Mask
from checker.render.to_table import SEVERITIES, VERDICTS
from checker.render.width import clean, shorten, wrap

_WIDTH = 80
_MARKS = {True: "成立", False: "不成立"}


def explain(given: Mapping[str, Any], tasks: Sequence[Task], packs: Mapping[str, Sequence[CompiledPack]]) -> int:
    """Explain a rule for each report.  Raises ``UsageError`` for an unknown rule or a format other than the table."""
    if given.get("format", "table") != "table" or given.get("output"):
        raise UsageError("--explain 只能显示在屏幕上，不能与 -o 或表格以外的 --format 同用。")
    for opened in dict.fromkeys(task.pack for task in tasks):
        _check_known(given["explain"], packs[opened])
    troubled = False
    for number, task in enumerate(tasks):
        shown = files.printable(task.name)
        try:
            if task.trouble is not None:
                raise task.trouble
            lines = page(
                given["explain"], read_report(task.name, shown), packs[task.pack], task.year, given.get("all", False)
            )
            output.show("\n".join([*([""] if number else []), *lines, ""]))
        except CheckerError as error:
            output.tell(f"{shown}：{error}")
            troubled = True
    return NOT_DONE if troubled else PASSED


def _rules(pack: CompiledPack) -> dict[str, Element | FindingRule]:
    rules: dict[str, Element | FindingRule] = {rule.id: rule for rule in pack.pack.elements}
    return rules | {rule.id: rule for rule in pack.pack.findings}


def _check_known(wanted: str, packs: Sequence[CompiledPack]) -> None:
    titles = {id: rule.title for pack in packs for id, rule in _rules(pack).items()}
    if wanted not in titles:
        end = rule_suggestion(wanted, titles, "。全部编号见 checker rules list。")
        raise UsageError(f"规则包 {'、'.join(pack.pack.id for pack in packs)} 里没有名为“{wanted}”的规则{end}")


def page(
    wanted: str, report: RawReport, packs: Sequence[CompiledPack], year: int | None = None, whole: bool = False
) -> Iterator[str]:
    """The lines that explain the outcome of a rule, given by its id, for one report; ``whole`` tells every wording
    and condition of an element instead of the short answer."""
    pack, document = read_by_best(report, packs, year)
    rule = _rules(pack).get(wanted)
    if rule is None:
        yield f"{clean(report.name)}　{wanted}"
        yield f"这份报告按规则包 {pack.pack.id} 审查，其中没有这条规则。"
        return
    yield f"{clean(report.name)}　{rule.id}　{rule.title}"
    seen = Seen(document, pack.pack, Mask(find_sensitive(document, pack.pack)))
    body = _element(seen, rule, whole) if isinstance(rule, Element) else _finding(seen, rule)
    for line in body:
        lead = line[: len(line) - len(line.lstrip(" "))]
        for index, part in enumerate(wrap(line.strip(" "), _WIDTH - len(lead) - 2)):
            yield f"{lead}{'  ' if index else ''}{part}"


def _element(seen: Seen, rule: Element, whole: bool) -> Iterator[str]:
    """Verdict and reason, then the short answer or all conditions."""
    result = judge_element(seen.document, rule, seen.pack.comparison)
    yield f"结论：{VERDICTS[result.verdict]}。{result.reason}"
    if not applies(rule, seen.document):
        yield f"这一项只适用于{words.applies(rule.applies)}。"
        return
    if whole:
        yield from _conditions(seen, rule, result.verdict)
        yield from candidates(seen, result)
    else:
        yield from answer(seen, rule, result)


def _conditions(seen: Seen, rule: Element, verdict: str) -> Iterator[str]:
    """The conditions of 达标 and, where it is not met, of 薄弱, with every clue."""
    found = Found(seen.document, rule)
    for title, condition in (("达标", rule.met), ("薄弱", rule.weak)):
        yield ""
        yield f"“{title}”的条件{_MARKS[holds(condition, found, seen.document)]}："
        yield from _condition(seen, rule, condition, found, "  ")
        if verdict == "met":
            return


def _condition(seen: Seen, rule: Element, check: Check, found: Evidence_, indent: str) -> Iterator[str]:
    """A condition and, below it, its parts."""
    if isinstance(check, str):
        yield from _clue(seen, rule, check, found, indent)
        return
    mark = _MARKS[holds(check, found, seen.document)]
    for title, parts in (("任一", check.any), ("全部", check.all), ("都不能有", check.none)):
        if parts is not None:
            yield f"{indent}{mark}：以下{title}{'成立' if title != '都不能有' else ''}"
            for part in parts:
                yield from _condition(seen, rule, part, found, indent + "  ")
            return
    yield f"{indent}{mark}：{words.check(check, rule, seen.pack)}"
    for name in (*(check.count or ()), *(check.together or ())):
        yield from _clue(seen, rule, name, found, indent + "  ")


def _clue(seen: Seen, rule: Element, name: str, found: Evidence_, indent: str) -> Iterator[str]:
    """A clue: the places that count, then those that look like it and why they do not count."""
    clue = rule.clues[name]
    counted, told = found[name], _wordings(clue, seen.pack)
    if not counted:
        yield f"{indent}没找到{told}；{words.conditions(clue, seen.pack)}"
    else:
        yield f"{indent}找到{told}（{len(counted)} 处）"
    for hit in counted[:PLACES]:
        yield f"{indent}  {told_place(seen, hit)}"
    yield from _more(len(counted), indent)
    refused = list(refusals(seen, rule, name, counted))
    for hit, why in refused[:PLACES]:
        yield f"{indent}  不算：{told_place(seen, hit)}——{told_refusal(seen, hit, clue, why)}"
    yield from _more(len(refused), indent)


def _wordings(clue: Clue, pack: RulePack) -> str:
    """What a clue looks for: its first wording, and how many more there are."""
    more = f"等 {len(clue.any)} 种说法" if len(clue.any) > 1 else ""
    return f"“{shorten(words.phrase(clue.any[0], pack), QUOTE)}”{more}"


def _more(count: int, indent: str) -> Iterator[str]:
    if count > PLACES:
        yield f"{indent}  另有 {count - PLACES} 处"


def _finding(seen: Seen, rule: FindingRule) -> Iterator[str]:
    """What the rule found, then the places it looked at and let pass."""
    document, mask = seen.document, seen.mask
    if rule.applies.years and document.year is not None and not year_matches(rule.applies.years, document.year):
        yield f"结果：不适用。这条规则只适用于{words.applies(rule.applies)}。"
        return
    findings = find_rule(document, rule, seen.pack)
    yield f"结果：{f'发现 {len(findings)} 处' if findings else '没有发现'}。"
    for item in findings:
        yield f"  {SEVERITIES[item.severity]}：{place(item)}“{short(mask.quote(item))}”：{mask.message(item)}"
    spans = [(item.start, item.end) for item in findings]
    yield from _passed_over(seen, rule, spans)
    for name, concept in rule.words.items():
        hits = document.hits.get(names.word(rule.id, name), ())
        told = "、".join(spot(seen, hit) for hit in hits[:PLACES])
        more = f" 等 {len(hits)} 处" if len(hits) > PLACES else ""
        yield f"  找“{concept.says or name}”：{told + more if hits else '没有'}"


def _passed_over(seen: Seen, rule: FindingRule, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Places that a correction's wording hits and that are no finding, with the reason."""
    document = seen.document
    for index, correction in enumerate(rule.corrections):
        owner = names.clue(rule.id, str(index))
        for hit in document.hits.get(owner, ())[:PLACES]:
            start, end = document.view.to_source(*hit)
            if any(one < end and start < other for one, other in spans):
                continue
            why = "附近的字样不合条件"
            if correction.years and (document.year is None or not year_matches(correction.years, document.year)):
                why = f"只用于报告年度 {correction.years}"
            elif not correction.quoted and document.is_quoted(hit):
                why = REFUSED["quoted"]
            yield f"  不算：{told_place(seen, hit)}——{why}"
