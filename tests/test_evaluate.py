"""``checker eval``: the counts are right, the label files are checked, the keyword search is what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tiny import GOOD, OTHER, POOR, write_pack

from checker import load_pack
from checker.cli import main
from checker.errors import UsageError
from checker.evaluate import Evaluation, Found, Tally, compare, keyword_verdicts, keywords, read_label
from checker.models.result import Finding, ReportResult


def tally(*pairs: tuple[str, str]) -> Tally:
    """A tally of (labels parted by |, verdict)."""
    made = Tally()
    for labels, verdict in pairs:
        made.add(labels.split("|"), verdict)
    return made


def test_verdicts_are_right_where_any_label_agrees() -> None:
    made = tally(("met", "met"), ("met", "weak"), ("weak|met", "met"), ("weak|met", "missing"), ("missing", "missing"))
    assert (made.right, made.total, made.accuracy) == (3, 5, 0.6)
    assert made.confusion == {
        ("met", "met"): 2, ("met", "weak"): 1, ("weak", "missing"): 1, ("missing", "missing"): 1,
    }  # fmt: skip


def test_a_flag_is_an_element_that_is_not_met() -> None:
    made = tally(("weak", "missing"), ("met", "weak"), ("missing", "met"), ("met", "met"), ("weak|met", "met"))
    assert (made.hits, made.false, made.missed) == (1, 1, 1)
    assert (made.precision, made.recall, made.f1) == (0.5, 0.5, 0.5)


def test_empty_tallies_divide_nothing_by_nothing() -> None:
    assert (Tally().accuracy, Tally().precision, Tally().recall, Tally().f1) == (1, 1, 1, 1)
    assert (Found().precision, Found().recall) == (1, 1)


def test_tallies_add_up() -> None:
    evaluation = Evaluation(elements={"a": tally(("met", "met")), "b": tally(("met", "weak"), ("weak", "weak"))})
    whole = evaluation.total(["a", "b"])
    assert (whole.right, whole.total, whole.hits, whole.false) == (2, 3, 1, 1)


def found(text: str, wording: str, id: str = "typo", severity: Any = "error") -> Finding:
    start = text.index(wording)
    return Finding(
        id=id, severity=severity, message="m", advice=None, start=start, end=start + len(wording), line=1, column=1,
        text=wording,
    )  # fmt: skip


def judged(findings: list[Finding]) -> ReportResult:
    return ReportResult(
        file="x", kind="report", kind_reason="", agency=None, level=None, report_year=2023, score=1, max_score=100,
        grade="", passed=True, elements=[], findings=findings,
    )  # fmt: skip


def test_findings_are_held_against_places() -> None:
    text = "甲错乙，十个字以外的，丙错丁，十个字以外的，戊错己，十个字以外的，庚错辛。"
    label = {
        "findings": [{"id": "typo", "text": "错乙"}, {"id": "typo", "text": "错己"}, {"id": "figure", "text": "错辛"}],
        "findings_maybe": [{"id": "typo", "text": "错丁"}],
    }
    evaluation = Evaluation()
    results = [found(text, wording) for wording in ("甲错", "错乙", "丙", "庚错")] + [
        found(text, "戊", severity="note")
    ]
    compare(evaluation, "x", label, judged(results), text)
    assert evaluation.findings == {"typo": Found(1, 1, 1), "figure": Found(0, 0, 1)}
    assert evaluation.all_findings == Found(1, 1, 2)
    total = evaluation.all_findings
    assert (total.hits, total.false, total.missed) == (1, 1, 2)
    assert [miss.what for miss in evaluation.misses] == ["finding typo", "finding typo", "finding figure"]


def test_facts_are_counted() -> None:
    evaluation = Evaluation()
    compare(evaluation, "x", {"kind": "report", "year": 2022}, judged([]), "")
    compare(evaluation, "y", {"year": 2023, "level": "city"}, judged([]), "")
    assert dict(evaluation.facts_right) == {"kind": 2, "year": 1, "level": 0}
    assert dict(evaluation.facts_total) == {"kind": 2, "year": 2, "level": 1}


def test_a_report_taken_for_another_kind_has_all_its_verdicts_wrong() -> None:
    evaluation = Evaluation()
    other = judged([]).model_copy(update={"kind": "other"})
    compare(evaluation, "x", {"elements": {"loans": "met"}}, other, "")
    assert (evaluation.elements["loans"].right, evaluation.elements["loans"].total) == (0, 1)


# The keyword search


def test_keywords_are_the_plain_wordings_of_clues_through_the_lexicon(tiny: Path) -> None:
    assert keywords(load_pack(tiny)) == {"loans": {"借阅图书", "外借图书"}, "guides": {"导读", "领读"}}


def test_the_keyword_search_minds_neither_place_nor_denial(tiny: Path) -> None:
    pack = load_pack(tiny)
    assert keyword_verdicts(keywords(pack), "打算明年未“借 阅”图 书。") == {"loans": "met", "guides": "missing"}


def test_alternatives_and_circles_in_the_lexicon(tmp_path: Path) -> None:
    lexicon = "lend: [(借|还)书, '{guide}']\nguide: ['导读', '{lend}…{quantity}']\n"
    pack = load_pack(write_pack(tmp_path / "p", {"lexicon/common.yaml": lexicon}))
    assert keywords(pack)["loans"] == {"借书", "还书", "导读"}


# Label files


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Three labelled texts: one all right, one with a wrong verdict, one of another kind."""
    folder = tmp_path / "labels"
    folder.mkdir()
    for name, text, label in (
        ("a", GOOD, "year: 2023\nelements: {loans: met, guides: [weak, met]}\n"),
        ("b", POOR, "year: 2022\nelements: {loans: weak, guides: met}\nfindings:\n  - {id: typo, text: 图书官}\n"),
        ("c", OTHER, "kind: other\n"),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.yaml").write_text(f"file: {name}.txt\n{label}", encoding="utf-8")
    return folder


def cells(out: str, name: str) -> list[str]:
    return next(line.split() for line in out.splitlines() if line.startswith(name + " "))


def test_the_report_on_a_folder(tiny: Path, labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(labels), "--pack", str(tiny)]) == 0
    out, err = capsys.readouterr()
    assert err == "" and "标注的文件 3 份；判断正确：文件种类 3/3，报告年度 1/2" in out
    assert cells(out, "loans")[1:] == ["1/2", "50.0%", "1.00", "1.00", "1.00", "50.0%", "1.00"]
    assert cells(out, "guides")[1:3] == ["2/2", "100.0%"]
    assert cells(out, "必备要素合计")[1] == "1/2" and cells(out, "全部")[1] == "3/4"
    assert cells(out, "应为薄弱")[1:] == ["0", "0", "1"] and cells(out, "应为达标")[1:] == ["3", "0", "0"]
    assert cells(out, "typo")[1:] == ["1", "0", "0", "1.00", "1.00"]
    assert "不符的" not in out


def test_the_wrong_ones_are_listed_on_request(tiny: Path, labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(labels / "b.yaml"), "-v", "--pack", str(tiny)]) == 0
    out = capsys.readouterr().out
    assert "不符的 2 处" in out and "b loans 应为 weak，得到 missing" in out and "b year 应为 2022，得到 2023" in out


def test_a_bad_label_does_not_stop_the_others(tiny: Path, labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (labels / "d.yaml").write_text("file: gone.txt\n", encoding="utf-8")
    (labels / "e.yaml").write_text("file: a.txt\nelements: {loans: good}\n", encoding="utf-8")
    assert main(["eval", str(labels), "--pack", str(tiny)]) == 2
    out, err = capsys.readouterr()
    assert "标注的文件 3 份" in out and len(err.splitlines()) == 2
    assert "gone.txt 找不到" in err and "loans 的结论“good”无效，可用：met、weak、missing" in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "缺少 file"),
        ("agency: x", "缺少 file"),
        ("file: a.txt\nelements: [met]", "编号: 结论"),
        ("file: a.txt\nelements: {loans: [met, bad]}", "“bad”无效"),
        ("file: a.txt\nfindings: [{id: typo}]", "应有 id 和 text"),
        ("file: [", "无法读取标注文件"),
    ],
)
def test_mistakes_in_labels(labels: Path, text: str, told: str) -> None:
    (labels / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_label(labels / "x.yaml")


def test_what_is_no_text_is_no_label(labels: Path) -> None:
    (labels / "x.docx").write_bytes(b"PK\x03\x04\xe1\xff")
    with pytest.raises(UsageError, match="不是标注文件"):
        read_label(labels / "x.docx")


def test_a_label_finds_its_report_among_the_seeds(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "s.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "tests" / "gold").mkdir(parents=True)
    (tmp_path / "tests" / "gold" / "s.yaml").write_text("file: s.txt\n", encoding="utf-8")
    assert read_label(tmp_path / "tests" / "gold" / "s.yaml")[1] == tmp_path / "seeds" / "s.txt"
