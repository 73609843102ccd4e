"""``--fail-on``: each word fails on what it says and on nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import one_line, run
from tiny import GOOD, OTHER, POOR, TINY_PACK, WEAK, write_pack

TYPO = GOOD + "图书官谢谢读者。\n"
GAP = GOOD.replace("开展导读12场。", "")


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (POOR, "not-passed", 1),
        (POOR, "other", 0),
        (POOR, "none", 0),
        (OTHER, "other", 1),
        (OTHER, "not-passed,missing,weak,error", 0),
        (GAP, "not-passed,other", 0),
        (GAP, "missing", 1),
        (GAP, "weak", 1),
        (GAP, "loans", 0),
        (GAP, "guides", 1),
        (WEAK, "missing", 0),
        (WEAK, "weak", 1),
        (WEAK, "guides,typo", 1),
        (TYPO, "weak", 0),
        (TYPO, "error", 1),
        (TYPO, "warning", 1),
        (TYPO, "note", 1),
        (TYPO, "typo", 1),
        (TYPO, "loans、guides", 0),
        (GOOD, "not-passed,other,missing,weak,error,warning,note,typo,loans,guides", 0),
    ],
)
def test_each_word(tiny: Path, tmp_path: Path, text: str, words: str, code: int) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert run("score", tmp_path / "a.txt", "--pack", tiny, "--fail-on", words) == code


@pytest.mark.parametrize(("severity", "fails"), [("error", [1, 1, 1]), ("warning", [0, 1, 1]), ("note", [0, 0, 1])])
def test_a_severity_means_this_one_and_graver(tmp_path: Path, severity: str, fails: list[int]) -> None:
    rule = TINY_PACK["findings/typo.yaml"].replace("severity: error", f"severity: {severity}")
    pack = write_pack(tmp_path / "p", {"findings/typo.yaml": rule})
    (tmp_path / "a.txt").write_text(TYPO, encoding="utf-8")
    words = ("error", "warning", "note")
    assert [run("score", tmp_path / "a.txt", "--pack", pack, "--fail-on", word) for word in words] == fails


def test_words_may_be_given_one_by_one_and_strict_adds_to_them(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WEAK, encoding="utf-8")
    words = ("score", tmp_path / "a.txt", "--pack", tiny)
    assert run(*words, "--fail-on", "other", "--fail-on", "weak") == 1
    assert run(*words, "--fail-on", "none") == 0
    assert run(*words, "--fail-on", "none", "--strict") == 1
    assert run(*words, "--fail-on", "none", "--fail-under", "90") == 1, "the least score holds in any case"


def test_the_reason_is_told(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(GAP + "图书官。\n", encoding="utf-8")
    for word, told in (
        ("missing", "有缺失的要素（missing）：导读活动开展情况"),
        ("guides", "要素“导读活动开展情况”没有达标（guides）"),
        ("typo", "第 7 行有问题（typo）"),
        ("error", "有错误级的问题（error）"),
    ):
        assert run("score", tmp_path / "a.txt", "--pack", tiny, "--fail-on", word) == 1
        assert f"a.txt：{told}" in capsys.readouterr().err


def test_an_unknown_word_is_refused_with_what_is_allowed(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("score", reports, "--pack", tiny, "--fail-on", "mising") == 2
    assert "是否想写 missing？" in one_line(capsys)
    assert run("score", reports, "--pack", tiny, "--disable", "zzz") == 2
    assert "checker rules list" in one_line(capsys)


def test_a_file_that_cannot_be_read_comes_first(tiny: Path, reports: Path) -> None:
    assert run("score", reports, reports / "gone.txt", "--pack", tiny, "--fail-on", "none") == 2
