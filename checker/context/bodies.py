"""Whether a body that a report names is the one that reports, or belongs to it.

A body is told apart by its name alone: by its rank (what the province did is not the county's deed), by its place
(another county) and by its office (another bureau of the same county).  Bodies under the own one are its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from checker.models.rule import Others

_NAME_END = 4  # characters at the end of the own name by which it is known
_LEAST_STEM = 2  # characters of an office's name that tell which office it is


@dataclass(frozen=True)
class OwnBody:
    """The body that reports: its name, its rank (0: the highest), the word in its name that tells the rank, and
    whether it is a department, to which no other department of its place belongs."""

    name: str
    rank: int
    sign: str | None
    is_department: bool
    rules: Others

    @property
    def called(self) -> str:
        """The part of its name that no other body bears."""
        return self.name if self.sign else self.name[-_NAME_END:]

    @property
    def office(self) -> str:
        """Its name without the place."""
        return self.name.partition(self.sign)[2] if self.sign else self.name

    @cached_property
    def places(self) -> tuple[str, ...]:
        """How its place is called with the word of rank, the longest first: with and without the places above it."""
        if not self.sign:
            return ()
        place = self.name[: self.name.find(self.sign)]
        above = [sign for signs in list(self.rules.ranks.values())[: self.rank] for sign in signs]
        cuts = {at for at in range(1, len(place)) if place[:at].endswith(tuple(above))}
        return tuple(place[at:] + self.sign for at in sorted({0, *cuts}))

    @cached_property
    def _above(self) -> tuple[tuple[str, str], ...]:
        """The places above its own that its name bears, the longest first, each with its word of rank."""
        above = [sign for signs in list(self.rules.ranks.values())[1 : self.rank] for sign in signs]
        heads = [place[: place.rfind(own)] for place in self.places[:1] for own in self.places[1:]]
        return tuple((head, sign) for head in heads for sign in above if head.endswith(sign))

    @cached_property
    def known_by(self) -> tuple[str, ...]:
        """Words that name its place in other bodies' names: a town's without the word of rank, for their posts there."""
        core = self.places[-1].removesuffix(self.sign) if self.sign and self.places else ""
        is_lowest = self.rank == len(self.rules.ranks) - 1
        return (*self.places, core) if is_lowest and len(core) >= _LEAST_STEM else self.places

    def owns(self, mention: str) -> bool:
        """Whether a body that is called so is the own one, a part of it or under it: a town's police post and a county
        bureau's towns among them."""
        place, sign, office = self._parse(mention)
        if sign is None:
            return True
        rank = self.rank if sign == self.sign else self._rank_of(sign)
        if office.endswith(tuple(self.rules.independent)) or rank < self.rank:
            return False
        if rank > self.rank:
            return not self.is_department or not self._is_another_office(office)
        bears_place = self.places != (self.sign,)  # else any place may be the own one
        if place and bears_place and place not in self.name:
            return False
        return not self.is_department or self._same_office(office) or self._stands_for(office)

    def _parse(self, mention: str) -> tuple[str, str | None, str]:
        """The place, the word of rank and the office in a body's name."""
        for own in self.places:
            if own != self.sign and own in mention:
                return "", self.sign, mention.partition(own)[2]
        for above, word in self._above:
            if mention.startswith(above):
                return "", word, mention[len(above) :]
        found = [
            (place, -len(sign), sign)
            for signs in self.rules.ranks.values()
            for sign in signs
            if (place := mention.find(sign)) >= 0
        ]
        if not found:
            return "", None, mention
        place, size, sign = min(found)
        return mention[:place], sign, mention[place - size :]

    def _rank_of(self, sign: str) -> int:
        return next(rank for rank, signs in enumerate(self.rules.ranks.values()) if sign in signs)

    def _same_office(self, office: str) -> bool:
        """Whether an office's name, be it shortened, is the own one's: its characters stand in it in this order."""
        if office in self.rules.short:
            return self.name.endswith(office)
        core = self._core(office)
        if len(core) < _LEAST_STEM:
            return False
        own = iter(self.name)
        return core[:_LEAST_STEM] in self.name or all(character in own for character in core)

    def _is_another_office(self, office: str) -> bool:
        """Whether a lower body is no government and has nothing of the own office in its name."""
        core = self._core(office).lstrip("".join(self.rules.signs))  # of counties and districts alike
        return len(core) >= _LEAST_STEM and core[0] not in self.name

    def _core(self, office: str) -> str:
        """An office's name without the word that says it is one."""
        ending = max((word for word in self.rules.endings if office.endswith(word)), key=len, default="")
        return office.removesuffix(ending)

    def _stands_for(self, office: str) -> bool:
        """Whether the own body does an office's business, as a justice bureau does its government's."""
        return any(
            word in self.name and office.endswith(tuple(offices)) for word, offices in self.rules.stands_for.items()
        )


def own_body(agency: str | None, level: str | None, body: str | None, rules: Others | None) -> OwnBody | None:
    """The body that reports, or ``None`` where its name or its level is not known."""
    if rules is None or agency is None or level not in rules.ranks:
        return None
    levels = list(rules.ranks)
    rank = next(number for number, name in enumerate(levels) if name == level)
    upward = [*reversed(levels[1 : rank + 1]), *levels[rank + 1 :]]
    least = 1 if agency.startswith(tuple(rules.no_start)) else 0
    found = (sign for name in upward for sign in rules.ranks[name] if agency.find(sign) >= least)
    sign = None if agency.endswith(tuple(rules.branches)) else next(found, None)
    is_place = sign is not None and agency.endswith(sign)
    return OwnBody(agency, rank, sign, body == "department" and not is_place, rules)
