"""The command line: options, files, exit codes, outputs, errors; each rests on the small pack of tiny.py."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from tiny import GOOD, TINY_PACK, write_pack

from checker import __version__
from checker.cli import main

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = (
    "usage",
    "optional",
    "options:",
    "error:",
    "argument",
    "Traceback",
    "show this help",
    "invalid",
    "positional",
)


def run(*words: object) -> int:
    return main([str(word) for word in words])


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The only line on standard error, in Chinese and without argparse's English; nothing on standard output."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1 and err.startswith("checker: ") and CHINESE.search(err), err
    assert not any(word in err for word in ENGLISH), err
    return err


def process(*words: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "checker", *map(str, words)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


# Exit codes


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        (["good"], [], 0),
        (["weak"], [], 0),
        (["poor"], [], 1),
        (["other"], [], 1),
        (["good", "poor"], [], 1),
        (["good"], ["--fail-under", "100"], 0),
        (["weak"], ["--fail-under", "80"], 0),
        (["weak"], ["--fail-under", "80.5"], 1),
        (["weak"], ["--strict"], 1),
        (["good"], ["--strict"], 0),
        (["poor"], ["--exit-zero"], 0),
        (["other"], ["--exit-zero"], 0),
        (["gone"], [], 2),
        (["poor", "gone"], [], 2),
        (["good", "gone"], ["--exit-zero"], 2),
    ],
)
def test_exit_codes(tiny: Path, reports: Path, files: list[str], options: list[str], code: int) -> None:
    assert run("score", *(reports / f"{name}.txt" for name in files), "--pack", tiny, *options) == code


def test_strict_minds_errors_among_the_findings(tiny: Path, tmp_path: Path) -> None:
    report = tmp_path / "typo.txt"
    report.write_text(GOOD + "图书官谢谢读者。\n", encoding="utf-8")
    assert run("score", report, "--pack", tiny) == 0
    assert run("score", report, "--pack", tiny, "--strict") == 1


def test_why_a_passing_report_falls_short_is_told(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("score", reports / "weak.txt", "--pack", tiny, "--fail-under", "90")
    assert "80 分，低于要求的 90 分" in capsys.readouterr().err
    run("score", reports / "weak.txt", "--pack", tiny, "--fail-under", "90", "--quiet")
    assert capsys.readouterr().err == ""


# Files


def test_json_keeps_the_order_of_the_files_given(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(reports / f"{name}.txt") for name in ("weak", "good", "other", "weak")]
    assert run("score", "--pack", tiny, *names, "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert [report["file"] for report in document["reports"]] == names
    assert document["checker"] == __version__ and document["pack"] == {"id": "tiny", "version": "1.0.0"}


def test_a_folder_is_all_texts_below_it_sorted(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "sub").mkdir()
    (reports / "sub" / "note.md").write_text(GOOD, encoding="utf-8")
    (reports / "table.csv").write_text("1,2", encoding="utf-8")
    (reports / ".hidden.txt").write_text(GOOD, encoding="utf-8")
    run("score", "--pack", tiny, reports, "--format", "json")
    files = [report["file"] for report in json.loads(capsys.readouterr().out)["reports"]]
    assert files == [str(reports / n) for n in ("good.txt", "other.txt", "poor.txt", "sub/note.md", "weak.txt")]


def test_a_folder_without_texts_is_told(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run("score", "--pack", tiny, tmp_path / "empty") == 2
    assert "目录里没有可以审查的文件（.txt、.md、.docx、" in one_line(capsys)


def test_wildcards_the_shell_left_alone(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("score", "--pack", tiny, reports / "[gp]*.txt", "--format", "json")
    files = [Path(report["file"]).name for report in json.loads(capsys.readouterr().out)["reports"]]
    assert files == ["good.txt", "poor.txt"]
    assert run("score", "--pack", tiny, reports / "x*.txt") == 2
    assert "没有文件与这个通配符相符" in one_line(capsys)


def test_a_file_whose_name_looks_like_a_wildcard(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "a[1].txt").write_text(GOOD, encoding="utf-8")
    assert run("score", "--pack", tiny, reports / "a[1].txt") == 0


def test_standard_input(tiny: Path) -> None:
    done = process("score", "-", "--pack", tiny, "--format", "json", input=GOOD.encode("gb18030"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["reports"][0]["file"] == "-"


def test_standard_input_only_once(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", "-", "-", "--pack", tiny) == 2
    assert "只能给出一次" in one_line(capsys)


def test_after_two_dashes_everything_is_a_file(
    tiny: Path, reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(reports)
    (reports / "--strict.txt").write_text(GOOD, encoding="utf-8")
    assert run("score", "--pack", tiny, "--", "--strict.txt") == 0


def test_year_overrides_the_text(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("score", reports / "good.txt", "--pack", tiny, "--format", "json", "--year", "2021")
    assert json.loads(capsys.readouterr().out)["reports"][0]["report_year"] == 2021


def test_bad_files_do_not_stop_the_others(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "empty.txt").write_bytes(b"")
    files = [reports / name for name in ("empty.txt", "good.txt", "gone.txt", "weak.txt")]
    assert run("score", "--pack", tiny, "--format", "json", *files) == 2
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert [Path(report["file"]).name for report in document["reports"]] == ["good.txt", "weak.txt"]
    assert [Path(error["file"]).name for error in document["errors"]] == ["empty.txt", "gone.txt"]
    assert len(err.splitlines()) == 2 and "文件是空的" in err and "找不到这个文件" in err


def test_a_folder_that_cannot_be_listed_is_told(
    tiny: Path, reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def walk(top: str, onerror: object) -> object:
        onerror(PermissionError(13, "no", str(reports / "locked")))  # type: ignore[operator]
        return iter([(str(reports), [], ["good.txt"])])

    monkeypatch.setattr(os, "walk", walk)
    assert run("score", "--pack", tiny, reports) == 2
    out, err = capsys.readouterr()
    assert "locked：无法列出这个目录里的文件" in err and "good.txt" in out


@pytest.mark.parametrize("options", [[], ["--exit-zero"], ["--quiet"]])
def test_a_rule_that_crashed_does_not_pass_the_gate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    from checker import engine

    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(engine, "find_all", lambda *_: ([], ["terms（ZeroDivisionError）"]))
    assert run("score", tmp_path / "a.txt", "--pack", write_pack(tmp_path / "tiny"), *options) == 2
    assert "terms（ZeroDivisionError）" in capsys.readouterr().err


def test_a_bug_in_one_file_is_listed_and_the_others_are_judged(
    tiny: Path, reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker import engine

    sound = engine.check

    def faulty(report: object, pack: object, **options: object) -> object:
        if report.name.endswith("poor.txt"):  # type: ignore[attr-defined]
            raise ZeroDivisionError("一\n二")
        return sound(report, pack, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "check", faulty)
    assert run("score", "--pack", tiny, reports, "--format", "json", "--exit-zero") == 2
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert len(document["reports"]) == 3
    assert "ZeroDivisionError" in document["errors"][0]["message"] and "test_cli.py" in document["errors"][0]["message"]
    assert "ZeroDivisionError" in err and "Traceback" not in err and err.count("\n") == 1


# Outputs


def test_outputs_by_suffix(tiny: Path, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_file, text_file = tmp_path / "r.json", tmp_path / "r.TXT"
    assert run("score", reports, "--pack", tiny, "-o", json_file, "--output", text_file) == 1
    assert len(json.loads(json_file.read_text(encoding="utf-8"))["reports"]) == 4
    assert "图书借阅情况" in text_file.read_text(encoding="utf-8")
    out, err = capsys.readouterr()
    assert out == "" and "结果已写入" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.TXT", "r.json", "reports", "tiny"]


def test_an_output_beside_a_format_prints_too(
    tiny: Path, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("score", reports / "good.txt", "--pack", tiny, "-o", tmp_path / "r.txt", "--format", "json", "--quiet")
    out, err = capsys.readouterr()
    assert json.loads(out)["version"] == 1 and err == ""


def test_written_text_lists_what_could_not_be_judged(tiny: Path, tmp_path: Path) -> None:
    run("score", tmp_path / "gone.txt", "--pack", tiny, "-o", tmp_path / "r.txt")
    assert "找不到这个文件" in "".join((tmp_path / "r.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("r.pdf", "无法从"),
        ("r", "无法从"),
        ("no/r.json", "目录不存在"),
        ("folder.json", "是一个目录"),
        ("reports/good.txt", "正是这次要读取的文件"),
    ],
)
def test_a_wrong_output_stops_before_anything_is_judged(
    tiny: Path, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    target: str, told: str,
) -> None:  # fmt: skip
    from checker import engine

    monkeypatch.setattr(engine, "check", lambda *a, **k: pytest.fail("judged"))
    (tmp_path / "folder.json").mkdir()
    assert run("score", reports / "good.txt", "--pack", tiny, "-o", tmp_path / target) == 2
    assert told in one_line(capsys)
    assert (reports / "good.txt").read_text(encoding="utf-8") == GOOD


def test_a_folder_brings_no_file_that_is_given_otherwise(
    tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = (reports / "good.txt", reports, f"{reports}/*.txt", f"{reports}/./good.txt")
    run("score", *given, "--pack", tiny, "--format", "json")
    files = [report["file"] for report in json.loads(capsys.readouterr().out)["reports"]]
    assert files[0] == str(reports / "good.txt") and files[-1] == f"{reports}/./good.txt"
    assert len(files[:-1]) == len({os.path.realpath(file) for file in files}) == len(list(reports.glob("*.txt")))


def test_one_output_twice(tiny: Path, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "r.json"
    assert run("score", reports / "good.txt", "--pack", tiny, "-o", target, "-o", f"{tmp_path}/./r.json") == 2
    assert "给出了两次" in one_line(capsys)


def test_a_failed_write_leaves_the_old_file_and_no_debris(
    tiny: Path, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.json"
    target.write_text("old", encoding="utf-8")
    other = tmp_path / "s.txt"

    def replace(source: object, path: object) -> None:
        if str(path).endswith("r.json"):
            raise OSError(28, "No space left on device")
        os.rename(source, path)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    assert run("score", reports / "good.txt", "--pack", tiny, "-o", target, "-o", other, "--quiet") == 2
    assert "磁盘已满" in one_line(capsys)
    assert target.read_text(encoding="utf-8") == "old" and other.exists()
    assert not list(tmp_path.glob(".*"))


def test_a_written_file_keeps_its_mode_and_its_link(tiny: Path, reports: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("score", reports / "good.txt", "--pack", tiny, "-o", link) == 0
    assert link.is_symlink() and json.loads(target.read_text(encoding="utf-8"))["version"] == 1
    assert target.stat().st_mode & 0o777 == 0o640


# Wrong usage


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "没有给出命令"),
        (["scroe"], "是否想写 score？"),
        (["--verson"], "是否想写 --version？"),
        (["score"], "没有给出要审查的文件"),
        (["score", "a.txt", "--formt", "json"], "是否想写 --format？"),
        (["score", "a.txt", "--formt=json"], "是否想写 --format？"),
        (["score", "a.txt", "-x"], "不认识的选项 -x"),
        (["score", "a.txt", "-f", "json"], "不认识的选项 -f，是否想写 --format、"),
        (["-v"], "是否想写 --version？"),
        (["help", "scor"], "是否想写 score？"),
        (["score", "a.txt", "--explain", "responsible"], "编号里有这几个字的是：first-responsible（"),
        (["score", "a.txt", "--year", "3024"], "1949 到 2100 之间"),
        (["score", "a.txt", "--form", "json"], "不认识的选项 --form"),
        (["score", "a.txt", "--format", "jsno"], "是否想写 json？"),
        (["score", "a.txt", "--format", "pdf"], "可用 table、json"),
        (["score", "a.txt", "--explain", "第一责任人"], "名称里有这几个字的是：first-responsible（"),
        (["score", "a.txt", "--disable", "第一责任人"], "名称里有这几个字的是：first-responsible（"),
        (["rules", "show", "第一责任人"], "名称里有这几个字的是：first-responsible（"),
        (["score", "a.txt", "--format"], "--format 后面缺少值"),
        (["score", "a.txt", "--year", "23"], "四位数的年份"),
        (["score", "a.txt", "--year", "二〇二三"], "四位数的年份"),
        (["score", "a.txt", "--fail-under", "很多"], "应为一个分数"),
        (["score", "a.txt", "--fail-under", "nan"], "应为一个分数"),
        (["score", "a.txt", "--fail-under", "-1"], "应为一个分数"),
        (["score", "a.txt", "--fail-under", "101"], "超过了满分 100"),
        (["score", "a.txt", "--strict=1"], "--strict 后面不带值"),
        (["score", "a.txt", "--pack", "law-gob"], "没有名为“law-gob”的规则包"),
        (["score", "a.txt", "--config", "none.toml"], "找不到配置文件"),
        (["rules", "lst"], "是否想写 list？"),
        (["rules", "show"], "请给出规则编号"),
        (["rules", "show", "title", "b"], "多出了“b”"),
        (["rules", "list", "--pakc", "x"], "是否想写 --pack？"),
        (["rules", "schema", "elment"], "是否想写 element？"),
        (["eval"], "没有给出标注文件"),
        (["eval", "none.yaml"], "找不到标注文件"),
    ],
)
def test_wrong_usage_is_one_clear_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert told in one_line(capsys)


def test_help_may_be_asked_for_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "score"]) == 0
    told = capsys.readouterr().out
    assert main(["score", "--help"]) == 0
    assert capsys.readouterr().out == told


def test_empty_standard_input_is_called_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["score", "-"]) == 2
    assert one_line(capsys).startswith("checker: 标准输入：")


def test_a_file_instead_of_a_command(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(reports / "good.txt") == 2
    assert "checker score" in one_line(capsys)


@pytest.mark.parametrize(
    "words",
    [["--help"], ["-h"], ["score", "--help"], ["rules", "--help"], ["eval", "-h"], ["fix", "-h"], ["serve", "-h"]],
)
def test_help_is_chinese_with_examples(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert "用法：" in out and "例子：" in out and err == ""
    assert not any(word in out for word in ENGLISH)


@pytest.mark.parametrize("command", ["score", "fix", "rules", "eval", "serve"])
def test_help_fits_a_terminal_of_80_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    from wcwidth import wcswidth

    assert main([command, "--help"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if wcswidth(line) > 80] == []


def test_help_names_every_option() -> None:
    from checker.commands.score import HELP, parser

    assert [n for n in parser().option_names() if n not in HELP and n not in ("--no-exit-zero", "--no-quiet")] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"checker {__version__}\n"


# Configuration file


def test_the_command_line_beats_the_file(
    tiny: Path, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(
        f'pack = "{tiny}"\nformat = "json"\nfail-under = 90\nstrict = true\nyear = 2020\n'
        f'output = ["{tmp_path}/o.json"]\n',
        encoding="utf-8",
    )
    weak = reports / "weak.txt"
    assert run("score", weak, "--config", config) == 1
    assert json.loads(capsys.readouterr().out)["reports"][0]["report_year"] == 2020
    assert (tmp_path / "o.json").exists()
    assert run("score", weak, "--config", config, "--no-strict", "--fail-under", "70", "--year", "2023") == 0
    assert json.loads(capsys.readouterr().out)["reports"][0]["report_year"] == 2023


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\nformt = "json"', ["第 2 行", "不认识的选项“formt”", "是否想写 format？"]),
        ("zzz = 1", ["第 1 行", "可用：", "fail-under"]),
        ('config = "x"', ["不认识的选项“config”"]),
        ("# 注\nyear = 23", ["第 2 行", "四位数的年份"]),
        ('format = "pdf"', ["可用 table、json"]),
        ('strict = "yes"', ["true 或 false"]),
        ("year = true", ["写法不对"]),
        ("pack = [1]", ["写法不对"]),
        ("year = ", ["不是合法的 TOML", "第 1 行"]),
        ("[score]\nyear = 2023", ["不认识的选项“score”"]),
    ],
)
def test_mistakes_in_the_file_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: list[str]
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(text, encoding="utf-8")
    assert run("score", "a.txt", "--config", config) == 2
    line = one_line(capsys)
    assert all(part in line for part in [str(config), *told]), line


# Rules


def test_rules_list(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "list", tiny) == 0
    out = capsys.readouterr().out
    for part in ("loans", "图书借阅情况", "必备要素", "60 分", "guides", "覆盖领域", "typo", "错误"):
        assert part in out


def test_rules_show_an_element(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "show", "loans", "--pack", tiny) == 0
    out = capsys.readouterr().out
    for part in (
        "写明借阅的数量", "图书馆工作规程", "60 分", "〔借出图书〕……〔带量词的数量〕", "借阅图书、外借图书",
        "被否定的不算", "例子：达标", "例子：缺失", "“借阅图书5万册。”", "01-loans.yaml 第 1 行",
    ):  # fmt: skip
        assert part in out, part


def test_rules_show_a_finding(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "show", "typo", "--pack", tiny) == 0
    out = capsys.readouterr().out
    assert "图书官 → 图书馆" in out and "级别：错误" in out


def test_rules_show_an_unknown_rule(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "show", "laons", "--pack", tiny) == 2
    assert "是否想写 loans？" in one_line(capsys)


def test_every_shipped_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    from checker import load_pack

    pack = load_pack("law-gov")
    titles = {rule.id: rule.title for rule in pack.elements} | {rule.id: rule.title for rule in pack.findings}
    for rule_id, title in titles.items():
        assert run("rules", "show", rule_id, "--all") == 0
        assert title in capsys.readouterr().out


def test_rules_check(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "check", tiny) == 0
    assert "没有错误" in capsys.readouterr().out
    bad = write_pack(tmp_path / "bad", {"findings/typo.yaml": "id: typo\nseverity: eror\n"})
    assert run("rules", "check", bad, tiny) == 2
    out, err = capsys.readouterr()
    assert "typo.yaml" in err and err.count("\n") == 1 and "没有错误" in out


def test_rules_check_minds_cases_of_no_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write_pack(tmp_path / "p", {"elements/x.cases.yaml": "rule: loan\ncases: []\n"})
    assert run("rules", "check", pack) == 2
    assert "是否想写 loans？" in one_line(capsys)


CASE = "rule: loans\ncases:\n  - {{name: too sure, expect: {}, text: '一、工作情况\n\n    借阅图书很多。'{}}}\n"


@pytest.mark.parametrize(
    ("expect", "todo", "code", "told"),
    [
        ("weak", "", 0, "用例 1 个，不符 0 个，尚未做到 0 个"),
        ("met", "", 1, "应为 met，得到 weak"),
        ("met", ", todo: later", 0, "尚未做到 1 个"),
        ("weak", ", todo: later", 1, "请删去 todo"),
    ],
)
def test_rules_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect: str, todo: str, code: int, told: str
) -> None:
    pack = write_pack(tmp_path / "p", {"elements/01-loans.cases.yaml": CASE.format(expect, todo)})
    assert run("rules", "test", pack) == code
    out = capsys.readouterr().out
    assert told in out
    if code:
        assert "01-loans.cases.yaml 第 3 行" in out and "too sure" in out


def test_rules_test_of_one_rule(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "test", tiny, "--rule", "typo") == 0
    assert "用例 0 个" in capsys.readouterr().out
    assert run("rules", "test", tiny, "--rule", "typ") == 2
    assert "是否想写 typo？" in one_line(capsys)


def test_rules_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "schema") == 0
    schemas = json.loads(capsys.readouterr().out)
    assert list(schemas) == [
        "pack",
        "sections",
        "lexicon",
        "element",
        "finding",
        "cases",
        "comparison",
        "timeline",
        "settings",
        "exemptions",
        "result",
    ]
    assert run("rules", "schema", "finding", "-o", tmp_path / "s") == 0
    assert json.loads((tmp_path / "s" / "finding.schema.json").read_text(encoding="utf-8")) == schemas["finding"]
    assert "severity" in schemas["finding"]["$defs"]["PhrasesRule"]["required"]


# The process: a reader that has gone, a break, a terminal, start-up


def test_a_reader_that_has_gone_ends_quietly(tiny: Path, reports: Path) -> None:
    for index in range(150):  # more than a pipe holds
        (reports / f"more{index}.txt").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "checker", "score", "--pack", str(tiny), str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 1


def test_a_break_ends_quietly(tiny: Path) -> None:
    command = [sys.executable, "-m", "checker", "score", "-", "--pack", str(tiny)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(1.5)  # it waits for its input
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (130, b"", b"")


def test_a_full_disk_is_told(tiny: Path, reports: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = [sys.executable, "-m", "checker", "score", "--pack", str(tiny), str(reports / "good.txt")]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2 and done.stderr.decode() == "checker: 无法输出结果：磁盘已满。\n"


def test_json_is_utf_8_whatever_the_locale(tiny: Path, reports: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = process("score", reports / "good.txt", "--pack", tiny, "--format", "json", env=environment)
    assert done.returncode == 0 and "借阅图书5万册" in done.stdout.decode("utf-8")
    done = process("score", reports / "good.txt", "--pack", tiny, env=environment)
    assert done.returncode == 0 and b"??" in done.stdout and done.stderr == b""


def on_terminal(*words: object, **environment: str) -> str:
    """What a command shows on a terminal, output and errors together."""
    main_end, other_end = pty.openpty()
    termios.tcsetwinsize(other_end, (24, 80))
    env = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"} | environment
    command = [sys.executable, "-m", "checker", *map(str, words)]
    with subprocess.Popen(command, stdin=other_end, stdout=other_end, stderr=other_end, env=env) as running:
        os.close(other_end)
        shown = b""
        while True:
            try:
                piece = os.read(main_end, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        running.wait(30)
    os.close(main_end)
    return shown.decode()


def test_colour_only_on_a_terminal_and_unless_refused(tiny: Path, reports: Path) -> None:
    words = ("score", reports / "poor.txt", "--pack", tiny)
    assert "\x1b[31m缺失\x1b[0m" in on_terminal(*words)
    assert "\x1b[" not in on_terminal(*words, NO_COLOR="1")
    assert b"\x1b[" not in process(*words).stdout


def test_progress_only_on_a_terminal_for_many_files(tiny: Path, reports: Path) -> None:
    words = ("score", reports, "--pack", tiny)
    assert "审查中" not in on_terminal(*words)
    for index in range(3):
        (reports / f"more{index}.txt").write_text(GOOD, encoding="utf-8")
    assert "审查中 7/7" in on_terminal(*words)
    assert "审查中" not in on_terminal(*words, "--quiet")
    assert process(*words).stderr == b""


def test_heavy_imports_wait_until_they_are_needed(tiny: Path, reports: Path) -> None:
    script = (
        "import sys; from checker.cli import main\n"
        f"main(['score', {str(reports / 'good.txt')!r}, '--pack', {str(tiny)!r}, '--format', 'json'])\n"
        "heavy = {'tabulate', 'wcwidth', 'checker.evaluate', 'checker.cases', 'jieba', 'opencc'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_help_does_not_load_the_engine() -> None:
    script = (
        "import sys; from checker.cli import main; main(['--help']); print('pydantic' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert done.stderr.decode().strip() == "False"


def test_the_public_names_work_in_any_order() -> None:
    script = "from checker.render import RENDERERS; from checker import check, render; render.__call__"
    subprocess.run([sys.executable, "-c", script], timeout=60, check=True)


def test_the_small_pack_is_used_as_it_stands(tiny: Path) -> None:
    assert {str(path.relative_to(tiny)) for path in tiny.rglob("*.yaml")} == set(TINY_PACK)
