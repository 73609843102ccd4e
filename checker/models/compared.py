"""What comparing returns: passages of one report, and of last year's, set side by side."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from checker.models.document import Origin

ProblemStatus = Literal["rectified", "mentioned", "silent"]
PlanStatus = Literal["done", "not-done", "planned-again", "silent"]


def require_all(words: Mapping[Any, str], names: Any) -> None:
    """Raise ``ValueError`` in Chinese if words are lacking for some of the names of a ``Literal``."""
    if missing := [name for name in get_args(names) if name not in words]:
        raise ValueError(f"缺少：{'、'.join(missing)}")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Place(_Model):
    """A passage: an exact slice of the text it stands in, by code-point offsets; lines and columns count from 1."""

    start: int
    end: int
    line: int
    column: int
    text: str
    section: str = Field(description="所在部分")
    origin: Origin | None = None


class Labels(_Model):
    """What a pack calls the things compared; results carry it, so that people read its words."""

    problem: str = Field(description="上年、今年提出的问题，一条叫什么")
    plan: str = Field(description="打算做的事，一项叫什么")
    answers: str = Field(description="把本年度的问题与打算逐条对应，这张表叫什么")
    answered: str = Field(description="有对应的打算，怎样说")
    unanswered: str = Field(description="没有对应的打算，怎样说")
    all_answered: str = Field(description="每条都有对应的打算，怎样说")
    last_problems: str = Field(description="上年度报告提出的问题，这张表叫什么")
    last_plans: str = Field(description="上年度报告的打算，这张表叫什么")
    problem_status: dict[ProblemStatus, str] = Field(description="上年问题的几种结果各怎样说")
    plan_status: dict[PlanStatus, str] = Field(description="上年打算的几种结果各怎样说")

    @field_validator("problem_status", "plan_status")
    @classmethod
    def _complete(cls, words: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        require_all(words, ProblemStatus if info.field_name == "problem_status" else PlanStatus)
        return words


class Slice(_Model):
    """A stretch of a text by code-point offsets, and its words."""

    start: int
    end: int
    text: str


class ProblemAnswer(_Model):
    """A shortcoming and the plan item that answers it; without one, ``advice`` tells what to add."""

    problem: Place
    plan: Place | None
    advice: str | None = None


class ProblemFollowed(_Model):
    """A shortcoming told last year, and what this year's report says of it."""

    status: ProblemStatus = Field(description="rectified 写明已解决或已采取措施；mentioned 只提到；silent 没有提到")
    quote: Place = Field(description="上年度报告原文（位置按上年度报告计）")
    evidence: list[Place] = Field(description="本年度报告中的依据（位置按本年度报告计）")
    reason: str


class PlanFollowed(_Model):
    """A plan item of last year's report, and what this year's report says of it."""

    status: PlanStatus = Field(
        description="done 写明已做；not-done 写明没有做成；planned-again 又列入下一年；silent 没有提到"
    )
    quote: Place = Field(description="上年度报告原文（位置按上年度报告计）")
    evidence: list[Place] = Field(description="本年度报告中的依据（位置按本年度报告计）")
    reason: str


class Pair(_Model):
    """The same or nearly the same words in both reports."""

    here: Place = Field(description="本年度报告")
    before: Place = Field(description="上年度报告")


class Copied(_Model):
    """Passages taken over from last year's report; set phrases, headings and titles are not counted."""

    share: float = Field(ge=0, le=1, description="占本年度正文的比例")
    passages: list[Pair]


class YearLeft(Pair):
    """A year that was right last year and was taken over unchanged."""

    year: int
    expected: int


class PreviousResult(_Model):
    """A report set beside last year's: ``file`` is last year's; ``notes`` tell what makes the comparison doubtful."""

    file: str
    agency: str | None
    report_year: int | None
    notes: list[str]
    problems: list[ProblemFollowed]
    plans: list[PlanFollowed]
    copied: Copied
    unchanged_figures: list[Pair]
    years_left: list[YearLeft]
    sensitive: list[Slice] = Field(default=[], description="上年度报告中不宜显示的内容（如证件号码）；显示时应隐去")
