"""Packs compiled: every phrase of the rules under a name, and all of them in one plan."""

from __future__ import annotations

from checker.compiled import CompiledPack
from checker.context import names
from checker.context.title import TitleWords
from checker.errors import PackError
from checker.match import builtins
from checker.match.matcher import Matcher
from checker.match.planning import Concept, ConceptError, build_plan
from checker.models.rule import Clue, Comparison, Correction, Near, RulePack
from checker.structure.heading_marks import Form
from checker.structure.view import Furniture, squeeze


def compile_pack(pack: RulePack) -> CompiledPack:
    """Compile every phrase of a pack once.  Raises ``PackError`` for a faulty phrase or an unknown concept."""
    concepts = {
        name: Concept(tuple(rule.any), tuple(rule.unless), rule.whole_words) for name, rule in pack.concepts.items()
    }
    own = _own_phrases(pack)
    for name in own:
        if name in concepts:
            raise PackError(f"概念名 {name} 与内部名称重复。")
    concepts.update(own)
    try:
        matcher = Matcher(build_plan(concepts, early=names.EARLY))
    except ConceptError as error:
        owner = error.concept.lstrip("!")
        raise PackError(f"规则包 {pack.id}：{_owner_title(owner)}有误：{error}") from None
    wanted = (*own, *builtins.PLAIN, *builtins.RELATIVE)
    beside = _beside(pack.comparison)
    furniture, form = pack.sections.furniture, pack.sections.form
    return CompiledPack(
        pack,
        matcher,
        wanted,
        tuple(name for name in wanted if name not in beside),
        Furniture(
            tuple(squeeze(w) for w in furniture.get("starts", [])),
            tuple(squeeze(w) for w in furniture.get("contains", [])),
            frozenset(squeeze(w) for w in furniture.get("whole", [])),
        ),
        Form(tuple(squeeze(w) for w in form.get("headings", [])), tuple(squeeze(w) for w in form.get("rows", []))),
        TitleWords(
            tuple(squeeze(w) for w in pack.document.title_about),
            tuple(squeeze(w) for w in pack.document.title_goes_on),
            tuple(squeeze(w) for w in pack.document.title_not),
        ),
    )


def _own_phrases(pack: RulePack) -> dict[str, Concept]:
    """The phrases that stand in the rules themselves, each under a name of its own."""
    kind, sections = pack.document, pack.sections
    own = {
        names.TITLE: Concept(tuple(kind.title)),
        names.OTHER_TITLE: Concept(tuple(kind.other_titles), tuple(kind.not_other_titles)),
        names.HEADLINE: Concept(tuple(kind.headlines), tuple(kind.not_headlines)),
        names.ADDRESSEE: Concept(tuple(kind.addressees)),
        names.ANNOUNCES: Concept(tuple(kind.announces)),
        names.SIGNAL: Concept(tuple(kind.signals)),
        names.CONTRARY: Concept(tuple(kind.contrary)),
        names.AGENCY: Concept(tuple(kind.agencies), tuple(kind.not_agencies)),
        names.PLACE: Concept(tuple(kind.places), tuple(kind.not_agencies)),
        names.TITLED: Concept(tuple(kind.titled), tuple(kind.not_agencies)),
        names.ACT: Concept(tuple(kind.acts)),
        names.OURS: Concept(tuple(kind.ours)),
        names.PRONOUN: Concept(tuple(kind.pronouns)),
        names.HANDING_OVER: Concept(tuple(kind.hands_over), tuple(kind.not_hands_over)),
        names.LEAD: Concept(tuple(kind.leads), tuple(kind.not_leads)),
        names.TURN: Concept(tuple(kind.turns), tuple(kind.not_leads)),
        names.YEAR_FORMULA: Concept(tuple(kind.year_formula)),
        names.YEAR_OPENING: Concept(tuple(kind.year_opening)),
        names.TOLD: Concept(tuple(kind.told)),
        names.INTENDED: Concept(tuple(kind.intended)),
        names.PLANNED: Concept(tuple(sections.planned), tuple(sections.not_planned)),
        names.DEMAND: Concept(tuple(sections.demands), tuple(sections.not_demands)),
        names.RESUMED: Concept(tuple(sections.resumes)),
        names.EARLIER: Concept(tuple(sections.earlier)),
        names.EARLIER_FIRST: Concept(tuple(sections.earlier_first), tuple(sections.not_earlier_first)),
        names.THIS_YEAR: Concept(tuple(sections.this_year)),
        names.DENIAL: Concept(tuple(sections.denials), tuple(sections.not_denials)),
        names.DENIED_AFTER: Concept(tuple(sections.denied_after)),
    }
    if (others := sections.others) is not None:
        own[names.BODY] = Concept(tuple(others.bodies))
        own[names.ELSEWHERE] = Concept(tuple(others.elsewhere))
        own[names.OUTSIDER] = Concept(tuple(others.outsiders))
        own[names.OWN] = Concept((*kind.ours, *others.own), tuple(others.not_own))
        own[names.OWN_PART] = Concept(tuple(others.own_parts), tuple(others.not_own))
        own[names.ANSWERS] = Concept(tuple(others.answers))
    for level, phrases in kind.levels.items():
        own[names.level(level)] = Concept(tuple(phrases), tuple(kind.not_levels))
    for body, phrases in kind.bodies.items():
        own[names.body(body)] = Concept(tuple(phrases))
    for role, rule in sections.roles.items():
        own[names.role_heading(role)] = Concept(tuple(rule.headings), tuple(rule.not_headings))
        own[names.role_heading_start(role)] = Concept(tuple(rule.headings_begin), tuple(rule.not_headings))
        own[names.role_heading_whole(role)] = Concept(tuple(rule.headings_whole))
        own[names.role_heading_close(role)] = Concept(tuple(rule.headings_close))
        own[names.role_opening(role)] = Concept(tuple(rule.opens), tuple(rule.not_opens))
        if rule.content is not None:
            own[names.role_content(role)] = Concept(tuple(rule.content.any), tuple(rule.content.unless))
            own[names.role_beside(role)] = Concept(tuple(rule.content.beside))
            if (closing := rule.content.closing) is not None:
                own[names.role_closing(role)] = Concept(tuple(closing.any), tuple(closing.unless))
    for element in pack.elements:
        for name, clue in element.clues.items():
            _add(own, names.clue(element.id, name), clue, clue.any)
    for finding in pack.findings:
        for index, correction in enumerate(finding.corrections):
            _add(own, names.clue(finding.id, str(index)), correction, correction.find)
        for name, words in finding.words.items():
            own[names.word(finding.id, name)] = Concept(tuple(words.any), tuple(words.unless))
        for number, phrase_set in enumerate(finding.sets):
            parts = [phrase_set.unless, phrase_set.names, phrase_set.wrong, *phrase_set.members]
            for index, phrases in enumerate(parts, start=-3):
                own[names.member(finding.id, number, index)] = Concept(tuple(phrases))
    if pack.comparison is not None:
        own.update(_comparison_phrases(pack.comparison))
    for entry in pack.timeline:
        own[names.timeline(entry.id)] = Concept(tuple(entry.names), tuple(entry.unless))
    return own


def _beside(rules: Comparison | None) -> frozenset[str]:
    """Names whose hits only say what else may be meant, or what passages are about."""
    if rules is None:
        return frozenset()
    return frozenset([names.HOLLOW, *map(names.topic, rules.topics), *map(names.candidate, rules.candidates)])


def _comparison_phrases(rules: Comparison) -> dict[str, Concept]:
    """The phrases by which passages are compared."""
    own = {
        names.OPENER: Concept(tuple(rules.openers)),
        names.DONE: Concept(tuple(rules.done)),
        names.UNFINISHED: Concept(tuple(rules.unfinished)),
        names.LAST_TOLD: Concept(tuple(rules.last_told)),
        names.HOLLOW: Concept(tuple(rules.hollow)),
        names.FIGURE: Concept(tuple(rules.figures), tuple(rules.not_figures)),
    }
    for items in (rules.shortcomings, rules.plans):
        own[names.also(items.element)] = Concept(tuple(items.also))
    for name, topic in rules.topics.items():
        own[names.topic(name)] = Concept(tuple(topic.any), tuple(topic.unless))
    for element, candidate in rules.candidates.items():
        own[names.candidate(element)] = Concept(tuple(candidate.any))
    return own


def _add(own: dict[str, Concept], owner: str, rule: Clue | Correction, phrases: list[str]) -> None:
    own[owner] = Concept(tuple(phrases), tuple(rule.unless))
    sides: tuple[tuple[list[Near], bool], ...] = ((rule.near, False), (rule.not_near, True))
    for conditions, negative in sides:
        for index, condition in enumerate(conditions):
            own[names.near(owner, index, negative)] = Concept(tuple(condition.any))


def _owner_title(owner: str) -> str:
    if owner.startswith("@"):
        return "pack.yaml 或 sections.yaml 中的说法"
    return f"规则 {owner.split('/')[0]} 的 {owner.split('/', 1)[1]} " if "/" in owner else f"概念 {{{owner}}} "
