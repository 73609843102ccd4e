"""The whole pass: one faulty rule does not stop the others, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.judge.detectors import DETECTORS
from checker.models.result import ReportResult


def test_a_rule_that_crashes_is_named_and_the_others_run(
    judge: Callable[..., ReportResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setitem(DETECTORS, "numbering", crash)
    text = "青原市某局2024年法治政府建设情况报告\n2024年，推进法制政府建设，制定文件3件。"
    result = judge(text)
    assert result.rule_errors == ["numbering（ZeroDivisionError）"]
    assert [finding.id for finding in result.findings] == ["terminology"]


def test_names_that_begin_like_pronouns_are_names(judge: Callable[..., ReportResult]) -> None:
    body = "\n全年审查文件26件，办理行政复议案件14件。"
    titles = {
        "贵阳市财政局2024年法治政府建设年度报告": ("贵阳市财政局", "city"),
        "将乐县水利局二0二四年法治政府建设年度报告": ("将乐县水利局", "county"),
        "我局2024年法治政府建设年度报告": (None, None),
    }
    for title, (agency, level) in titles.items():
        result = judge(title + body)
        assert (result.agency, result.report_year) == (agency, 2024), title
        assert level is None or result.level == level, title
