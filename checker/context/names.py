"""The names under which a pack's own phrases are filed in the matcher, beside the concepts of its lexicon."""

from __future__ import annotations

PLANNED, DEMAND, RESUMED, EARLIER, EARLIER_FIRST, THIS_YEAR, DENIAL, DENIED_AFTER = (
    "@planned",
    "@demand",
    "@resumed",
    "@earlier",
    "@earlier-first",
    "@this-year",
    "@denial",
    "@denied-after",
)
TITLE, OTHER_TITLE, SIGNAL, CONTRARY, AGENCY = "@title", "@other-title", "@signal", "@contrary", "@agency"
PRONOUN, HANDING_OVER, LEAD, TURN = "@pronoun", "@handing-over", "@lead", "@turn"
HEADLINE, ADDRESSEE, ANNOUNCES = "@headline", "@addressee", "@announces"
YEAR_OPENING = "@year-opening"
PLACE, TITLED, ACT, OURS = "@place", "@titled", "@act", "@ours"
BODY, ELSEWHERE, OUTSIDER = "@others-body", "@others-elsewhere", "@others-outsider"
OWN, OWN_PART, ANSWERS = "@others-own", "@others-own-part", "@others-answers"
YEAR_FORMULA, TOLD, INTENDED = "@year-formula", "@told", "@intended"

OPENER, DONE, UNFINISHED, LAST_TOLD, HOLLOW = "@opener", "@done", "@unfinished", "@last-told", "@hollow"
FIGURE = "@figure"

EARLY = (
    TITLE,
    YEAR_FORMULA,
    YEAR_OPENING,
    AGENCY,
    PLACE,
    TITLED,
    OURS,
    PRONOUN,
    HANDING_OVER,
    HEADLINE,
    LEAD,
    TURN,
)  # asked for before the report year is known


def role_heading(role: str) -> str:
    """Heading wordings of a role."""
    return f"@heading:{role}"


def role_heading_start(role: str) -> str:
    """Wordings with which a role's headings begin."""
    return f"@heading-start:{role}"


def role_heading_close(role: str) -> str:
    """Wordings that end the second half of a role's headings."""
    return f"@heading-close:{role}"


def role_heading_whole(role: str) -> str:
    """Wordings that are a role's whole headings."""
    return f"@heading-whole:{role}"


def role_opening(role: str) -> str:
    """Wordings by which running text turns to a role."""
    return f"@opens:{role}"


def role_content(role: str) -> str:
    """Wordings that most sentences of a role have."""
    return f"@content:{role}"


def role_closing(role: str) -> str:
    """Wordings that sentences of a role have besides where it stands right before the plan."""
    return f"@closing:{role}"


def role_beside(role: str) -> str:
    """Wordings of sentences that count neither for nor against a role."""
    return f"@beside:{role}"


def level(name: str) -> str:
    """Wordings that tell an agency's level."""
    return f"@level:{name}"


def body(name: str) -> str:
    """Wordings that tell an agency's kind."""
    return f"@body:{name}"


def clue(element: str, name: str) -> str:
    """A clue of an element."""
    return f"{element}/{name}"


def near(owner: str, index: int, negative: bool) -> str:
    """What must (not) stand near a clue or a correction."""
    return f"{owner}/{'not-near' if negative else 'near'}{index}"


def word(rule: str, name: str) -> str:
    """A class of words that a finding's detector looks for."""
    return f"{rule}/words:{name}"


def member(rule: str, number: int, index: int) -> str:
    """A member of a set phrase by its place in it; -1 for what is wrongly listed in it, -2 for its name."""
    return f"{rule}/set{number}:{index}"


def timeline(entry: str) -> str:
    """The names of an entry of the timeline."""
    return f"@timeline:{entry}"


def topic(name: str) -> str:
    """Wordings of a matter that passages can be about."""
    return f"@topic:{name}"


def candidate(element: str) -> str:
    """Wordings that may be meant where an element seems missing."""
    return f"@candidate:{element}"


def also(element: str) -> str:
    """Wordings that tell an item of a list beside the element's clues."""
    return f"@also:{element}"
