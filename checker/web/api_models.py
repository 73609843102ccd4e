"""What programs send and get over HTTP, beside the JSON contract of ``checker.models.result``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.models.rule import Body, Element, FindingRule


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SentReport(_Sent):
    """A report as text."""

    text: str = Field(min_length=1, description="报告全文")
    name: str = Field("", max_length=200, description="报告的名称，原样写入结果")


class SentOptions(_Sent):
    """How to judge; everything may be left out."""

    year: int | None = Field(None, ge=1949, le=2100, description="报告年度；省略时从文中判断")
    body: Body | None = Field(None, description="机关类别；省略时从文中判断")
    pack: str | None = Field(None, description="规则包编号，见 GET /api/v1/rules")


class SentScore(SentReport):
    """The JSON body of ``POST /score``."""

    options: SentOptions = SentOptions()
    previous: SentReport | None = Field(None, description="上一年度的报告，用于对照")


class PackSummary(BaseModel):
    """A pack on offer."""

    id: str
    title: str
    version: str


class RuleSummary(BaseModel):
    """A rule in the list: an element with its part and weight, or a finding with its severity."""

    id: str
    title: str
    kind: Literal["element", "finding"]
    part: str | None = None
    weight: float | None = None
    severity: str | None = None


class RuleList(BaseModel):
    """All rules of a pack, and the packs there are."""

    pack: PackSummary
    packs: list[PackSummary]
    rules: list[RuleSummary]


class RuleDetail(RuleSummary):
    """One rule: what it rests on, what counts, what to write."""

    pack: PackSummary
    basis: list[str]
    applies: str
    counts: str | None = None
    not_counts: str | None = None
    reasons: dict[str, str] | None = None
    message: str | None = None
    advice: str
    model: str | None = None


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str


class Problem(BaseModel):
    """An error (RFC 9457); ``detail`` is one Chinese sentence for people.  ``errors`` name files that cannot be read."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    errors: list[dict[str, str]] | None = None


def summary(rule: Element | FindingRule) -> RuleSummary:
    """A rule's line in the list."""
    if isinstance(rule, Element):
        return RuleSummary(id=rule.id, title=rule.title, kind="element", part=rule.part, weight=rule.weight)
    return RuleSummary(id=rule.id, title=rule.title, kind="finding", severity=rule.severity)


def detail(rule: Element | FindingRule, pack: PackSummary, applies: str) -> RuleDetail:
    """A rule in full."""
    line = summary(rule).model_dump()
    common = {**line, "pack": pack, "basis": rule.basis, "applies": applies, "advice": rule.advice}
    if isinstance(rule, Element):
        return RuleDetail(
            **common, counts=rule.counts, not_counts=rule.not_counts, reasons=dict(rule.reasons), model=rule.model
        )
    return RuleDetail(**common, message=rule.message)
