"""``score --explain``: which conditions of a rule held and failed for one report, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import GOLD, SEEDS, source
from tiny import GOOD, POOR

from checker.cli import main
from checker.commands.explain_places import Seen
from checker.commands.explain_short import nearest
from checker.compiled import CompiledPack
from checker.context import names
from checker.engine import read_document
from checker.judge import clues
from checker.judge.elements import Found, judge_element
from checker.models.document import RawReport
from checker.render.shown import Mask


def explained(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["score", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_a_condition_that_holds_is_told_with_its_place(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = explained(capsys, reports / "good.txt", "--pack", tiny, "--explain", "loans")
    assert "结论：达标" in out
    assert "第 4 行“借阅图书5万册”" in out
    assert "  成立：" in out
    assert "  不成立：" not in out
    whole = explained(capsys, reports / "good.txt", "--pack", tiny, "--explain", "loans", "--all")
    assert "“达标”的条件成立" in whole
    assert "第 4 行“借阅图书5万册”" in whole


def test_a_condition_that_fails_tells_what_was_looked_for_and_what_does_not_count(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace("借阅图书5万册。", "").replace("开展导读20场", "借阅图书8万册")
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    out = explained(capsys, tmp_path / "x.txt", "--pack", tiny, "--explain", "loans")
    assert "结论：缺失" in out
    assert "  不成立：" in out
    assert "看上去像、没有算的地方\n  第 6 行“借阅图书8万册”" in out
    assert "不在要看的部分（在“下一步安排”）" in out.replace("\n", "").replace(" ", "")
    assert "怎样写\n" in out
    assert "再加 --all" in out
    whole = explained(capsys, tmp_path / "x.txt", "--pack", tiny, "--explain", "loans", "--all")
    assert "“达标”的条件不成立" in whole
    assert "不算：第 6 行“借阅图书8万册”" in whole
    assert "位于开头、工作情况" in whole
    assert "位于" not in out


def test_the_short_answer_is_short(seeds: list[Path], pack: CompiledPack, capsys: pytest.CaptureFixture[str]) -> None:
    for element in pack.pack.elements:
        assert explained(capsys, seeds[0], "--explain", element.id).count("\n") < 45


def test_what_counts_is_not_told_as_nearly_counting(seeds: list[Path], pack: CompiledPack) -> None:
    told = 0
    for seed in seeds:
        document = read_document(RawReport(seed.name, source(seed)), pack)
        seen = Seen(document, pack.pack, Mask([]))
        for element in pack.pack.elements:
            result = judge_element(document, element, None)
            for hit in nearest(seen, element, Found(document, element), result):
                start, end = document.view.to_source(*hit)
                assert not any(item.start < end and start < item.end for item in result.evidence)
                told += 1
    assert told > len(seeds)


def test_passages_that_may_be_meant_are_told_in_both_answers(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace("借阅图书5万册。", "").replace("开展导读20场", "借阅图书8万册")
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    for more in ([], ["--all"]):
        assert "可能有关的段落" in explained(capsys, tmp_path / "x.txt", "--pack", tiny, "--explain", "loans", *more)


def test_all_goes_with_explain_only(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(reports / "good.txt"), "--pack", str(tiny), "--all"]) == 2
    assert "--explain" in capsys.readouterr().err


def test_each_report_is_explained(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, reports, "--pack", tiny, "--explain", "guides")
    assert [out.count(f"{name}.txt") for name in ("good", "weak", "poor", "other")] == [1, 1, 1, 1]


def test_a_finding_rule_is_explained(
    tiny: Path, tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "结果：没有发现" in explained(capsys, reports / "good.txt", "--pack", tiny, "--explain", "typo")
    (tmp_path / "x.txt").write_text(POOR + "《图书官志》出版。\n", encoding="utf-8")
    out = explained(capsys, tmp_path / "x.txt", "--pack", tiny, "--explain", "typo")
    assert "结果：发现 1 处" in out
    assert "第 4 行“图书官”" in out
    assert "在书名号里" in out


def test_an_unknown_rule_is_answered_with_the_nearest(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(reports / "good.txt"), "--pack", str(tiny), "--explain", "loan"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "loan" in err
    assert "loans" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [["--format", "json"], ["-o", "x.json"]])
def test_only_the_table_can_explain(
    tiny: Path, reports: Path, options: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reports)
    assert main(["score", "good.txt", "--pack", str(tiny), "--explain", "loans", *options]) == 2
    assert "--explain" in capsys.readouterr().err
    assert not (reports / "x.json").exists()


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["score", "none.txt", str(reports / "good.txt"), "--pack", str(tiny), "--explain", "loans"])
    out, err = capsys.readouterr()
    assert code == 2
    assert "none.txt" in err
    assert "结论：达标" in out


@pytest.mark.parametrize(
    "path", [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))], ids=lambda path: path.stem
)
def test_what_is_told_not_to_count_is_what_does_not_count(pack: CompiledPack, path: Path) -> None:
    document = read_document(RawReport(path.name, source(path)), pack)
    for element in pack.pack.elements:
        for name, clue in element.clues.items():
            owner = names.clue(element.id, name)
            accepted = [h for h in document.hits.get(owner, ()) if clues.refusal(document, owner, clue, h) is None]
            assert clues._longest(accepted) == clues.find(document, owner, clue)


def test_every_rule_of_the_shipped_pack_can_be_explained(
    pack: CompiledPack, seeds: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for rule in (*pack.pack.elements, *pack.pack.findings):
        out = explained(capsys, seeds[3], "--explain", rule.id)
        assert rule.title in out.splitlines()[0]
        assert "结" in out.splitlines()[1]
        assert rule.title in explained(capsys, seeds[3], "--explain", rule.id, "--all").splitlines()[0]


def test_places_in_a_word_file_are_told_as_everywhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import docx

    paper = docx.Document()
    paper.add_paragraph("某某县水务局2024年法治政府建设年度报告")
    for cell in paper.add_table(rows=1, cols=2).rows[0].cells:
        cell.text = "指标"
    paper.add_paragraph("一、工作情况")
    paper.add_paragraph("建成监管平台1个，归集涉企信息3.2万条，行政执法案件全部网上办理。")
    path = tmp_path / "a.docx"
    paper.save(str(path))
    out = explained(capsys, path, "--explain", "digital")
    assert "第 5 段“" in out and " 行“" not in out  # two cells of the table are paragraphs of their own
