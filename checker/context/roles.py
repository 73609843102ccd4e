"""Which part of the report each sentence belongs to: by its heading, or, where headings are thematic or absent, by how
the sentences themselves turn from the year's work to problems, to rectification, to the plan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from checker.context import names
from checker.context.contents import by_contents, by_paragraphs
from checker.match.matcher import Hits
from checker.models.document import Heading, Layout, Section
from checker.models.rule import ACCOUNT, Sections
from checker.structure.heading_marks import FIRST_ITEM, LATER_ITEM

_OPENING_SHARE = 0.12  # so much of a text opens it: nothing turns there yet
_LAST_ASIDE = 0.78  # behind so much of a text nothing but its plan is still to come
_LONGEST_HALVES = 40  # characters of a heading with a colon in its midst
_LONGEST_PREAMBLE, _SHORT = 0.4, 600  # more of a text before its first heading is no preamble: only its end is headed
_SENTENCE_HEAD = 14  # within so many characters a turn still stands at the head of its sentence
_ANNOUNCES = (":", ":\n")
_HEADING_ENDS = "。:\n!?"
_LEAST_HEADING = 8
_REACH_UNMARKED = 12
_REACH = 26  # how far into a heading whose end is not marked its wording may be looked for


def build_sections(text: str, layout: Layout, hits: Hits, rules: Sections, title_end: int) -> list[Section]:
    """Sections in order, covering the whole view."""
    headed = _by_headings(text, layout, hits, rules, title_end)
    return by_paragraphs(layout, hits, rules, _by_sentences(text, layout, hits, rules, headed))


def _by_headings(text: str, layout: Layout, hits: Hits, rules: Sections, title_end: int) -> list[Section]:
    headings = _effective(text, layout, hits, rules, title_end)
    starts = [heading.start for _, heading in headings]
    sections = []
    first = starts[0] if starts else len(text)
    if first > 0:
        opens = starts and first <= max(_LONGEST_PREAMBLE * len(text), _SHORT)
        sections.append(Section(0, first, rules.preamble if opens else rules.default, 0, -1))
    path: dict[int, str] = {}
    unnamed: list[int] = []
    for number, (index, heading) in enumerate(headings):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        level = heading.level or 1
        parent = next((path[depth] for depth in range(level - 1, 0, -1) if depth in path), None)
        named = _heading_role(heading, hits, rules, parent, text)
        if named is None and (parent is None or parent == rules.default):
            unnamed.append(len(sections))
        role = named or parent or rules.default
        path = {depth: name for depth, name in path.items() if depth < level}
        path[level] = role
        sections.append(Section(heading.start, end, role, level, index))
    return by_contents(layout, hits, rules, sections, unnamed)


def _effective(text: str, layout: Layout, hits: Hits, rules: Sections, title_end: int) -> list[tuple[int, Heading]]:
    """Numbered headings, and those unnumbered lines that act as headings."""
    numbered = any(heading.level == 1 for heading in layout.headings)
    bare = [h for h in layout.headings if h.level == 0 and h.start >= title_end]
    tail = layout.paragraphs[-3].start if len(layout.paragraphs) > 3 else len(text)
    chosen = []
    for index, heading in enumerate(layout.headings):
        if heading.level:
            if heading.start >= title_end or heading.level == 1:
                chosen.append((index, heading))
            continue
        if heading.start < title_end:
            continue
        named = any(in_heading(heading, hits, role, _REACH, text) is not None for role in rules.roles)
        thematic = not numbered and len(bare) >= 3 and (heading.start < tail or heading.style == "tag")
        if named or thematic:
            chosen.append((index, heading))
    return chosen


def _reach(heading: Heading, text: str) -> int:
    """How far into a heading its telling words may begin; less where nothing marks the heading's end."""
    marked = heading.end == len(text) or text[heading.end] in _HEADING_ENDS or not heading.run_in
    return _REACH if marked else _REACH_UNMARKED


def _heading_role(heading: Heading, hits: Hits, rules: Sections, parent: str | None, text: str) -> str | None:
    """The role a heading's earliest telling wording names; below a plan all is plan.  ``None``: it names none."""
    if parent is not None and rules.roles[parent].time == "planned":
        return parent
    best: tuple[int, int] | None = None
    chosen, reach = "", _reach(heading, text)
    for order, (role, rule) in enumerate(rules.roles.items()):
        if parent is not None and rule.from_roles and parent not in rule.from_roles:
            continue
        found = in_heading(heading, hits, role, reach, text)
        if found is not None and (best is None or (found, order) < best):
            best, chosen = (found, order), role
    return chosen or None


def in_heading(heading: Heading, hits: Hits, role: str, reach: int, text: str) -> int | None:
    """Where a heading's wording first names a role, as an offset; what must begin a heading does so behind its mark."""
    if not heading.run_in or heading.level == 1:
        first = hits.get(names.role_heading_start(role), ())
        place = bisect_left(first, (heading.mark_end, 0))
        if place < len(first) and first[place][0] == heading.mark_end and first[place][1] <= heading.end + 2:
            return heading.mark_end
    wholes = hits.get(names.role_heading_whole(role), ())
    place = bisect_left(wholes, (heading.mark_end, heading.end))
    if place < len(wholes) and wholes[place] == (heading.mark_end, heading.end):
        return heading.mark_end
    spans = hits.get(names.role_heading(role), ())
    position = bisect_right(spans, (heading.start, 0))
    limit = heading.end
    while position < len(spans) and spans[position][0] < limit:
        start, end = spans[position]
        if end <= limit + 2 and start - heading.mark_end <= reach:
            return start
        position += 1
    return _in_second_half(heading, hits, role, text)


def _in_second_half(heading: Heading, hits: Hits, role: str, text: str) -> int | None:
    """Where the second half of a heading that is a line (一、回头看:存在的不足与原因) names a role by its last words."""
    if text[heading.end : heading.end + 1] != ":":
        return None
    longest = heading.start + _LONGEST_HALVES
    line_end = text.find("\n", heading.end, longest + 1)
    if line_end < 0:
        line_end = len(text)
    if line_end > longest:
        return None
    closing = hits.get(names.role_heading_close(role), ())
    behind = closing[bisect_left(closing, (heading.end, 0)) : bisect_left(closing, (line_end, 0))]
    return next((start for start, end in behind if end == line_end), None)


def _by_sentences(text: str, layout: Layout, hits: Hits, rules: Sections, headed: list[Section]) -> list[Section]:
    """Let telling sentences change the role inside a section."""
    turns = _Turns(text, layout, hits, rules, headed)
    if not turns.openings:
        return headed
    result: list[Section] = []
    carried: tuple[int, str, str] | None = None  # (level, role by heading, role its text turned to)
    for section in headed:
        if carried and section.level <= carried[0]:
            carried = None
        if carried and section.role == carried[1]:
            section = section._replace(role=carried[2])
        pieces = turns.split(section)
        if pieces and pieces[-1].role != section.role:
            if section.level == 1:
                carried = section.level, section.role, pieces[-1].role
            elif section.heading < 0 and text.endswith(_ANNOUNCES, 0, section.end):  # of the headings that follow
                carried = 1, rules.default, pieces[-1].role
        result += pieces
    return result


class _Pieces:
    """A section being cut: the role its text stands in, whether by its heading, and whether a turn lasts."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.role, self.start = section.role, section.start
        self.by_heading, self.lasting = True, True
        self._done: list[Section] = []

    def turn(self, place: int, role: str) -> None:
        """Let another role begin at a place."""
        self._done.append(self.section._replace(start=self.start, end=place, role=self.role))
        self.role, self.start = role, place

    def finish(self) -> list[Section]:
        """End the last piece with the section, and give all that hold anything."""
        self.turn(self.section.end, self.role)
        return [piece for piece in self._done if piece.end > piece.start]


class _Turns:
    """The sentences by which a text turns to another part, and where such a turn ends."""

    def __init__(self, text: str, layout: Layout, hits: Hits, rules: Sections, headed: list[Section]) -> None:
        self._text, self._layout, self._rules, self._length = text, layout, rules, len(text)
        self.openings = _openings(layout, hits, rules)
        self._returns = _returns(layout, hits, rules)
        chosen = {section.start for section in headed}
        self._headings = {h.start: h for h in layout.headings if h.level or h.start in chosen}
        account = [s.start for s in headed if s.level == 1 and s.role == rules.default]
        self._last_account = account[-1] if account else -1
        self._last_plan = max((s.start for s in headed if self._planned(s.role)), default=-1)
        self._last_told = max((end for _, end in hits.get(names.TOLD, ())), default=0)

    def _planned(self, role: str) -> bool:
        return self._rules.roles[role].time == "planned"

    def split(self, section: Section) -> list[Section]:
        """One section cut where its sentences turn to another role.

        A turn at the head of a sentence lasts, to the end of its paragraph at least; a turn in mid-sentence (a
        shortcoming and, after a comma, what will be done about it) holds for the rest of that sentence alone.  A turn
        to shortcomings ends where a sentence tells of work done again.  Plans told within the account are asides: in
        mid-sentence, or where a part headed as the plan is still to come.
        """
        layout = self._layout
        pieces = _Pieces(section)
        paragraph = -1
        first = layout.sentence_at(section.start)
        last = layout.sentence_at(section.end - 1) if section.end > section.start else first
        for number in range(first, last + 1):
            here = layout.paragraph_of_sentence[number]
            if not pieces.by_heading and self._is_over(pieces, number, here != paragraph):
                pieces.turn(max(layout.sentences[number].start, section.start), section.role)
                pieces.by_heading = True
            paragraph = here
            if number in self.openings and not self._in_heading(number):
                self._open(pieces, number, last)
        return pieces.finish()

    def _is_over(self, pieces: _Pieces, number: int, new_paragraph: bool) -> bool:
        """Whether a turn ends before a sentence: with its paragraph, or, to shortcomings, where work is told again."""
        if not pieces.lasting and (new_paragraph or (self._planned(pieces.role) and number in self._returns)):
            return True
        by_contents = self._rules.roles[pieces.role].content is not None
        if number not in self._returns or not by_contents or self._planned(pieces.role):
            return False
        return not self._goes_on(pieces.start, self._layout.sentences[number].start)

    def _goes_on(self, first: int, start: int) -> bool:
        """Whether a sentence is the first item of a list right behind the sentence that an offset begins, or a later one
        (the second, the third) of a list that began behind it."""
        layout, text = self._layout, self._text
        if layout.sentence_at(start) == layout.sentence_at(first) + 1 and FIRST_ITEM.match(text, start):
            return True
        return LATER_ITEM.match(text, start) is not None and FIRST_ITEM.search(text, first, start) is not None

    def _open(self, pieces: _Pieces, number: int, last: int) -> None:
        """Turn to the role that a sentence opens, if the text may turn to it here; ``last`` is the section's last one."""
        layout, rules, section = self._layout, self._rules, pieces.section
        offset, target = self.openings[number]
        sentence = layout.sentences[number]
        place = max(sentence.start, section.start)
        if not self._may_turn(section, place, pieces.role, target, pieces.by_heading):
            return
        planned = self._planned(target)
        behind = offset - sentence.start > _SENTENCE_HEAD
        clause = layout.clause_starts[layout.clause[offset]]
        aside = rules.aside if planned and pieces.role in rules.groups.get(ACCOUNT, ()) else None
        if planned and behind:
            before = pieces.role
            pieces.turn(clause, aside or target)
            pieces.turn(min(sentence.end, section.end), before)
            return
        if aside and place < self._last_plan:
            target, planned = aside, False
        pieces.turn(clause if behind and clause > pieces.start else place, target)
        pieces.by_heading = False
        pieces.lasting = planned or (target != aside and _announces(layout, number, last))
        if planned and self._goes_on_telling(section, place):
            pieces.lasting = False

    def _goes_on_telling(self, section: Section, place: int) -> bool:
        """Whether a plan amid a paragraph is but what is left to do: the account, which no headings divide, goes on."""
        begins = place == 0 or self._text[place - 1] == "\n"
        return section.heading < 0 and not begins and place < min(self._last_told, _LAST_ASIDE * self._length)

    def _in_heading(self, number: int) -> bool:
        """Whether the opening of a sentence stands in the heading that begins it."""
        sentence, offset = self._layout.sentences[number], self.openings[number][0]
        heading = self._headings.get(sentence.start)
        if heading is None:
            return False
        return not heading.run_in or offset < _wording_end(heading) or sentence.end <= heading.end + 1

    def _may_turn(self, section: Section, place: int, role: str, target: str, by_heading: bool) -> bool:
        """Whether a text that stands in one role may turn to another here."""
        rules = self._rules
        allowed = rules.roles[target].from_roles
        if target == role or (by_heading and (self._planned(role) or (allowed and role not in allowed))):
            return False
        opening = section.heading < 0 and self._length > 1200 and place < _OPENING_SHARE * self._length
        if opening and role in (rules.default, rules.preamble):
            return False
        return not self._planned(target) or role != rules.default or self._is_tail(section, place)

    def _is_tail(self, section: Section, place: int) -> bool:
        """Whether no account of the year's work can follow: only then does running text turn to the plan for good."""
        if section.heading < 0:
            return place > self._length * 0.5 or place > self._last_told
        return section.start >= self._last_account


def _openings(layout: Layout, hits: Hits, rules: Sections) -> dict[int, tuple[int, str]]:
    """The sentences that turn to another role: where in them, and to which."""
    openings: dict[int, tuple[int, str]] = {}
    for role, rule in rules.roles.items():
        for start, _ in hits.get(names.role_opening(role), ()):
            sentence = layout.sentence_at(start)
            if rule.time == "planned" and not _opens_clause(layout, start):
                continue
            if sentence not in openings or start < openings[sentence][0]:
                openings[sentence] = (start, role)
    return openings


def _returns(layout: Layout, hits: Hits, rules: Sections) -> frozenset[int]:
    """The sentences that tell of work done and of nothing that a part told by its contents has."""
    stays = {
        layout.sentence_at(start)
        for role, rule in rules.roles.items()
        if rule.content is not None and rule.time != "planned"
        for name in (names.role_content(role), names.role_beside(role), names.role_opening(role))
        for start, _ in hits.get(name, ())
    }
    return frozenset({layout.sentence_at(start) for start, _ in hits.get(names.TOLD, ())} - stays)


def _opens_clause(layout: Layout, start: int) -> bool:
    """Whether a place begins a clause, as a turn to the plan does."""
    first = layout.clause_starts[layout.clause[start]]
    return start - first <= 2


def _wording_end(heading: Heading) -> int:
    """How far the wording of a heading that runs into its text reaches at least; a label or tag has its end marked."""
    return heading.end if heading.style in ("label", "tag") else heading.mark_end + _LEAST_HEADING


def _announces(layout: Layout, number: int, last: int) -> bool:
    """Whether a sentence announces a list in the paragraphs to come: it ends its paragraph."""
    following = number + 1
    return following <= last and layout.paragraph_of_sentence[following] != layout.paragraph_of_sentence[number]
