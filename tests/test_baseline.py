"""Baselines: only what is new fails; what has been mended is told; files that were moved are known again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import one_line, run
from tiny import GOOD, OTHER, POOR, TINY_PACK, WEAK, write_pack

BAD = GOOD + "图书官谢谢读者。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Drafts with old troubles, written down in base.json; the working directory."""
    (tmp_path / ".git").mkdir()
    write_pack(tmp_path / "tiny")
    for name, text in (("bad", BAD), ("poor", POOR), ("weak", WEAK), ("other", OTHER)):
        write(tmp_path, name, text)
    monkeypatch.chdir(tmp_path)
    assert score() == 1
    assert score("--write-baseline", "base.json") == 0
    assert "基线已写入 base.json" in capsys.readouterr().err
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "drafts" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def score(*words: object) -> int:
    return run("score", "drafts", "--pack", "tiny", "--fail-on", "not-passed,other,weak,note", *words)


def against(*words: object) -> int:
    return score("--baseline", "base.json", *words)


def test_what_was_there_does_not_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert against("--fail-under", "95") == 0, "nor does a score that was as low"
    assert "基线中已有" in capsys.readouterr().out, "it stays visible"


def test_a_new_finding_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "bad", BAD.replace("2023年接待", "图书官在2023年接待"))
    assert against("--format", "json") == 1
    out, err = capsys.readouterr()
    (report,) = (report for report in json.loads(out)["reports"] if report["file"] == "drafts/bad.txt")
    assert [finding["suppressed"] for finding in report["findings"]] == [None, "基线中已有"]
    assert "drafts/bad.txt：有问题（note）" in err


def test_the_same_fault_once_more_is_new(folder: Path) -> None:
    write(folder, "bad", BAD + "图书官谢谢读者。\n")
    assert against() == 1


def test_edits_elsewhere_do_not_make_old_faults_new(folder: Path) -> None:
    write(folder, "bad", BAD.replace("一、工作情况\n", "一、工作情况\n今年添置书架20个。\n\n"))
    assert against() == 0


def test_an_element_that_got_worse_fails_one_that_got_better_does_not(folder: Path) -> None:
    write(folder, "weak", WEAK.replace("开展了导读。", ""))
    assert against() == 1
    write(folder, "weak", WEAK)
    write(folder, "poor", POOR.replace("一、工作情况\n", "一、工作情况\n借阅图书很多。\n"))
    assert against() == 0


def test_a_score_that_fell_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", "drafts/weak.txt", "--pack", "tiny", "--baseline", "base.json", "--fail-under", "95") == 0
    write(folder, "weak", WEAK + "图书官谢谢读者。\n")
    assert run("score", "drafts/weak.txt", "--pack", "tiny", "--baseline", "base.json", "--fail-under", "95") == 1
    assert "低于要求的 95 分" in capsys.readouterr().err


def test_a_new_file_must_be_good(folder: Path) -> None:
    write(folder, "new", GOOD)
    assert against() == 0
    write(folder, "new", WEAK.replace("市图书馆", "县图书馆"))
    assert against() == 1


def test_a_new_file_of_another_kind_fails_an_old_one_does_not(folder: Path) -> None:
    assert against() == 0
    write(folder, "speech", OTHER.replace("今天", "明天"))
    assert against() == 1


def test_what_has_been_mended_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "bad", GOOD)
    write(folder, "weak", GOOD.replace("市图书馆", "区图书馆"))
    assert against() == 0
    err = capsys.readouterr().err
    assert "drafts/bad.txt：与基线相比，问题“typo 图书官”已不在" in err
    assert "drafts/weak.txt：与基线相比，要素“导读活动开展情况”已改进" in err
    assert "--write-baseline" in err
    assert against("--quiet") == 0
    assert capsys.readouterr().err == ""


def test_a_file_that_was_moved_is_known_again(folder: Path) -> None:
    (folder / "drafts" / "bad.txt").unlink()
    write(folder, "2023/图书馆", BAD)
    (folder / "drafts" / "poor.txt").unlink()
    write(folder, "2023/展览", POOR.replace("打算2024年", "还打算2024年"))
    assert against() == 0


def test_a_copy_beside_the_old_file_is_a_new_file(folder: Path) -> None:
    write(folder, "copy", BAD)
    assert against() == 1


def test_the_paths_start_from_the_baseline_s_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "drafts")
    words = ("bad.txt", "--pack", "../tiny", "--fail-on", "note")
    assert run("score", *words) == 1
    assert run("score", *words, "--baseline", "../base.json") == 0


def test_the_file_is_sorted_stable_and_can_be_read_by_people(folder: Path) -> None:
    text = (folder / "base.json").read_text(encoding="utf-8")
    assert score("--write-baseline", "again.json") == 0
    assert (folder / "again.json").read_text(encoding="utf-8") == text
    data = json.loads(text)
    assert list(data["files"]) == [f"drafts/{name}.txt" for name in ("bad", "other", "poor", "weak")]
    assert data["packs"] == {"tiny": "1.0.0"}
    assert list(data["files"]["drafts/bad.txt"]["findings"].values()) == ["typo 图书官"]
    assert data["files"]["drafts/weak.txt"]["elements"] == {"guides": "weak"}
    assert run("score", "drafts/weak.txt", "drafts/bad.txt", "drafts/poor.txt", "drafts/other.txt", "--pack", "tiny",
               "--write-baseline", "again.json") == 0  # fmt: skip
    assert (folder / "again.json").read_text(encoding="utf-8") == text, "whatever the order of the files"


def test_a_file_that_cannot_be_read_still_ends_in_2(folder: Path) -> None:
    (folder / "drafts" / "empty.txt").write_bytes(b"")
    assert score("--write-baseline", "again.json") == 2
    assert against() == 2


def test_another_pack_is_refused_another_version_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = TINY_PACK["pack.yaml"]
    write_pack(folder / "tiny", {"pack.yaml": pack.replace("1.0.0", "1.1.0")})
    capsys.readouterr()
    assert against() == 0
    assert "tiny 1.0.0 作的，现在是 1.1.0" in capsys.readouterr().err
    write_pack(folder / "tiny", {"pack.yaml": pack.replace("id: tiny", "id: small")})
    assert against() == 2
    line = one_line(capsys)
    assert "用规则包 tiny 作的" in line and "small" in line and "--write-baseline" in line


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "内容不对"), ('{"version": 1}', "内容不对"), ('{"version": 9, "files": {}}', "另一版本的 checker"), ("[]", "内容不对")],
)  # fmt: skip
def test_a_file_that_is_no_baseline_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    (folder / "base.json").write_text(text, encoding="utf-8")
    assert against() == 2
    assert told in one_line(capsys)


def test_a_baseline_that_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("--baseline", "no.json") == 2
    assert "--write-baseline no.json" in one_line(capsys)


def test_a_baseline_that_cannot_be_written_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("--write-baseline", "no/base.json", "-o", "r.json", "--quiet") == 2
    assert "无法写入基线 no/base.json：目录不存在" in one_line(capsys)


def test_sensitive_words_are_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typo = TINY_PACK["findings/typo.yaml"].replace("detect: phrases", "detect: phrases\nsensitive: true")
    write_pack(tmp_path / "tiny", {"findings/typo.yaml": typo})
    write(tmp_path, "bad", BAD)
    monkeypatch.chdir(tmp_path)
    assert score("--write-baseline", "base.json") == 0
    assert "图书官" not in (tmp_path / "base.json").read_text(encoding="utf-8")
