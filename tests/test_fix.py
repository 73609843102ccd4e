"""``checker fix``: the one right form is put in, all else stays as it was, and what cannot be mended is told."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import GOLD, REPORTS, SEEDS, source
from docx import Document
from papers import NS, add_xml, looks, paper, part, parts, run_xml, saved, w

from checker.cli import main
from checker.edits import Edit
from checker.fix import NO_ONE_FORM, NOT_MENDED, TRADITIONAL, Fixed, fix
from checker.models.document import RawReport
from checker.models.result import Finding, ReportResult
from checker.read.reader import read_bytes

HEAD = "某县司法局2023年度法治政府建设报告\n"
Judge = Callable[..., ReportResult]


@pytest.fixture(scope="module")
def mend(judge: Judge) -> Callable[..., Fixed]:
    def run(text: str, **options: Any) -> Fixed:
        return fix(RawReport("a.txt", text), lambda report: judge(report.text), **options)

    return run


def changes(fixed: Fixed) -> list[tuple[str, str | None]]:
    return [(item.finding.text, item.finding.fixed) for item in fixed.corrections]


# What is corrected


def test_several_faults_on_one_line_are_all_corrected(mend: Callable[..., Fixed]) -> None:
    fixed = mend(f"{HEAD}加快建设法制政府，，截止目前做出决定3件，做到两个坚决维护，落到实处。。\n")
    assert fixed.text == f"{HEAD}加快建设法治政府，截至目前作出决定3件，做到两个维护，落到实处。\n"
    assert fixed.left == () and len(fixed.corrections) == 6
    assert [item.edit for item in fixed.corrections] == sorted(fixed.edits)


def test_a_fault_that_another_covered_is_corrected_too(mend: Callable[..., Fixed]) -> None:
    """Two faults of one rule in one clause: only the first is told, the second comes to light when it is mended."""
    fixed = mend(f"{HEAD}全年开展检查9次。。办结12件，，全部公示，，按时归档。\n")
    assert fixed.text == f"{HEAD}全年开展检查9次。办结12件，全部公示，按时归档。\n"


def test_what_has_no_one_right_form_is_left_with_the_reason(mend: Callable[..., Fixed]) -> None:
    text = f"{HEAD}全年办理许可12件，。开展检查××次。\n"
    fixed = mend(text)
    assert fixed.text == text and fixed.corrections == ()
    assert {item.reason for item in fixed.left} == {NO_ONE_FORM}
    assert [text[item.start : item.start + len(item.finding.text)] for item in fixed.left] == [
        i.finding.text for i in fixed.left
    ]


def test_the_place_of_what_is_left_is_that_of_the_text_as_it_was(mend: Callable[..., Fixed]) -> None:
    text = f"{HEAD}做到两个坚决维护，落到实处。\n全年检查××次。\n"
    (left,) = mend(text).left
    assert text[left.start :].startswith(left.finding.text)


def test_only_the_rules_named_are_corrected(mend: Callable[..., Fixed]) -> None:
    fixed = mend(f"{HEAD}加快建设法制政府，做到两个坚决维护。\n", only=["set-phrase"])
    assert changes(fixed) == [("两个坚决维护", "两个维护")]
    assert "法制政府" in fixed.text and fixed.left == ()


def test_a_correction_that_only_leads_to_another_fault_is_not_made(mend: Callable[..., Fixed]) -> None:
    """Mended, the words would be 增强两个维护, which is wrong in another way."""
    fixed = mend(f"{HEAD}增强两个坚决维护的自觉。\n")
    assert fixed.corrections == () and [item.reason for item in fixed.left] == [NOT_MENDED]


def test_what_the_document_refuses_is_left_with_its_reason(mend: Callable[..., Fixed]) -> None:
    fixed = mend(f"{HEAD}加快建设法制政府。\n", refusal=lambda edit: "此处不能改")
    assert fixed.corrections == () and [item.reason for item in fixed.left] == ["此处不能改"]


def test_traditional_characters_are_left_to_a_person(mend: Callable[..., Fixed]) -> None:
    fixed = mend(f"{HEAD}重大執法決定法治審核12件。\n")
    assert [item.reason for item in fixed.left] == [TRADITIONAL]


def test_correcting_the_labelled_reports_leaves_no_fault_that_could_be_corrected_and_makes_none(judge: Judge) -> None:
    made = 0
    for path in sorted([*SEEDS.glob("*.txt"), *GOLD.glob("*.txt"), *REPORTS.glob("*.txt")]):
        report = RawReport(path.name, source(path))
        before = judge(report.text).findings
        fixed = fix(report, lambda report: judge(report.text))
        after = judge(fixed.text).findings
        left = [(item.finding.id, item.finding.text) for item in fixed.left]
        assert [(finding.id, finding.text) for finding in after] == left, path.name
        assert len(before) - len(after) <= len(fixed.corrections), path.name
        assert fix(replace(report, text=fixed.text), lambda report: judge(report.text)).corrections == (), path.name
        made += len(fixed.corrections)
    assert made > 20


# What is judged again: by a judge that is made up, so that it can go wrong


def made_up(**fixes: str) -> Callable[[RawReport], ReportResult]:
    """A judge for whom each of some letters is a fault, with its right form (empty: none)."""

    def judge(report: RawReport) -> ReportResult:
        findings = [
            Finding(
                id=letter, severity="error", message="错", advice=None, start=at, end=at + 1, line=1, column=at + 1,
                text=letter, fixed=fixes[letter] or None, suppressed="认可" if letter == "S" else None,
            )
            for at, letter in enumerate(report.text) if letter in fixes
        ]  # fmt: skip
        return ReportResult(
            file="a", kind="report", kind_reason="", agency=None, level=None, report_year=None, score=None, max_score=100,
            grade=None, passed=None, elements=[], findings=findings,
        )  # fmt: skip

    return judge


def mended(text: str, **fixes: str) -> Fixed:
    return fix(RawReport("a", text), made_up(**fixes))


def test_a_correction_that_makes_a_new_fault_is_not_made() -> None:
    fixed = mended("aXbYc", X="Z", Y="y", Z="")
    assert fixed.text == "aXbyc"
    assert [(item.finding.text, item.reason) for item in fixed.left] == [("X", NOT_MENDED)]


def test_a_correction_that_mends_nothing_is_not_made() -> None:
    fixed = mended("aXbYcY", X="XX", Y="y")
    assert fixed.text == "aXbycy"
    assert [item.reason for item in fixed.left] == [NOT_MENDED]


def test_many_bad_corrections_are_sorted_out_from_the_good() -> None:
    fixed = mended("XYXYXYXY", X="Z", Y="y", Z="")
    assert fixed.text == "XyXyXyXy"


def test_what_a_user_has_accepted_is_neither_corrected_nor_told() -> None:
    fixed = mended("aSbY", S="s", Y="y")
    assert fixed.text == "aSby" and fixed.left == ()


def test_of_overlapping_corrections_one_is_made() -> None:
    def judge(report: RawReport) -> ReportResult:
        found = [
            made_up(**{words[0]: ""})(replace(report, text=words))
            .findings[0]
            .model_copy(update={"id": f"r{number}", "text": words, "fixed": right, "start": at, "end": at + 3})
            for number, (words, right) in enumerate((("错了字", "对了字"), ("了字呀", "好字呀")))
            if (at := report.text.find(words)) >= 0
        ]
        return made_up()(report).model_copy(update={"findings": found})

    assert fix(RawReport("a", "写错了字呀"), judge).text == "写对好字呀"  # they share words, but change others

    def clashing(report: RawReport) -> ReportResult:
        result = judge(report)
        fixes = {"r0": "对啦字", "r1": "好字呀"}
        return result.model_copy(
            update={"findings": [f.model_copy(update={"fixed": fixes[f.id]}) for f in result.findings]}
        )

    assert fix(RawReport("a", "写错了字呀"), clashing).text == "写对啦字呀"


# Text files: byte for byte


TEXT = f"{HEAD}加快建设法制政府，截止目前办结12件。\n做到两个坚决维护，落到实处。\n"
RIGHT = f"{HEAD}加快建设法治政府，截至目前办结12件。\n做到两个维护，落到实处。\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_encoding_bom_and_line_ends_stay(tmp_path: Path, encoding: str, bom: bytes, end: str) -> None:
    source, out = tmp_path / "报告.txt", tmp_path / "改后.txt"
    source.write_bytes(bom + TEXT.replace("\n", end).encode(encoding))
    before = source.read_bytes()
    assert main(["fix", str(source), "-o", str(out)]) == 0
    assert out.read_bytes() == bom + RIGHT.replace("\n", end).encode(encoding)
    assert source.read_bytes() == before


# Word: tracked changes


def accepted(root: Any) -> str:
    """The text with all changes accepted."""
    return "\n".join("".join(node.text or "" for node in p.iter(w("t"))) for p in root.iter(w("p")))


def refused(root: Any) -> Any:
    """The main part with all changes refused."""
    for inserted in list(root.iter(w("ins"))):
        if inserted.get(w("author")) == "checker":
            inserted.getparent().remove(inserted)
    for deleted in list(root.iter(w("del"))):
        for run in list(deleted):
            for text in run.iter(w("delText")):
                text.tag = w("t")
            deleted.addprevious(run)
        deleted.getparent().remove(deleted)
    return root


def fix_paper(tmp_path: Path, data: bytes) -> bytes:
    source, out = tmp_path / "报告.docx", tmp_path / "改后.docx"
    source.write_bytes(data)
    assert main(["fix", str(source), "-o", str(out)]) == 0
    assert source.read_bytes() == data
    return out.read_bytes()


def test_word_gets_tracked_changes_over_two_runs_in_their_looks(tmp_path: Path) -> None:
    data = saved(
        paper(HEAD.strip(), ["加快建设法", "制政", "府，截", "止目前办结12件。"], ["做到两个坚", "决维护，落到实处。"])
    )
    content = fix_paper(tmp_path, data)
    root = part(content)
    assert accepted(root) == RIGHT.strip()
    assert read_bytes(content, "a.docx").text.strip() == RIGHT.strip()
    assert looks(refused(part(content))) == looks(part(data))
    deleted = ["".join(node.itertext()) for node in root.iter(w("del"))]
    assert deleted == ["制", "止", "坚", "决"]
    (first, second) = root.iter(w("ins"))
    assert ["".join(node.itertext()) for node in (first, second)] == ["治", "至"]
    assert first.find("w:r/w:rPr/w:b", NS) is not None  # as the run that "制" stood in
    numbers = [node.get(w("id")) for name in ("ins", "del") for node in root.iter(w(name))]
    assert len(set(numbers)) == len(numbers)
    assert {node.get(w("author")) for node in root.iter(w("del"))} == {"checker"}
    assert {name for name, value in parts(content).items() if value != parts(data)[name]} == {"word/document.xml"}
    assert Document(BytesIO(content)).paragraphs


def test_words_that_somebody_inserted_are_corrected_within(tmp_path: Path) -> None:
    document = paper(HEAD.strip())
    add_xml(document, f"<w:ins w:id='5' w:author='张三'>{run_xml('加快建设法制政府，做到两个坚决维护。')}</w:ins>")
    root = part(fix_paper(tmp_path, saved(document)))
    assert accepted(root).endswith("加快建设法治政府，做到两个维护。")
    assert [node.getparent().tag for node in root.iter(w("ins"))] == [w("p")] * 3  # none within another
    assert [node.get(w("author")) for node in root.iter(w("ins"))] == ["张三", "checker", "张三"]
    numbers = [node.get(w("id")) for name in ("ins", "del") for node in root.iter(w(name))]
    assert len(set(numbers)) == len(numbers)


def test_something_only_to_be_put_in_is_an_insertion_alone(tmp_path: Path) -> None:
    root = part(fix_paper(tmp_path, saved(paper(HEAD.strip(), "落实《法治政府建设实施纲要（20212025年）》。"))))
    assert "（2021—2025年）" in accepted(root)
    assert list(root.iter(w("del"))) == [] and len(list(root.iter(w("ins")))) == 1


def test_what_cannot_be_tracked_is_left_and_told(tmp_path: Path, capsys: Any) -> None:
    document = paper(HEAD.strip())
    picture = "<w:r><w:t>法制</w:t><w:pict/><w:t>政府</w:t></w:r>"
    add_xml(document, f"{run_xml('加快建设')}{picture}{run_xml('。')}")
    moved = f"<w:moveTo w:id='3' w:author='张三'>{run_xml('坚持法制轨道。')}</w:moveTo>"
    add_xml(document, moved)
    fix_paper(tmp_path, saved(document))
    told = capsys.readouterr().out
    assert "改正 0 处，留下 2 处" in told
    assert "不是可以改动的正文" in told and "在移动的文字里" in told


# The command line


def test_dry_run_tells_and_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["fix", str(source), "--dry-run", "-o", str(tmp_path / "改后.txt")]) == 0
    out, err = capsys.readouterr()
    assert "可以改正 3 处，留下 0 处" in out and err == ""
    assert "  第 2 行  “法制政府” → “法治政府”（terminology）" in out
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]


def test_in_place_changes_the_file_itself_and_only_when_asked(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8", newline="")
    assert main(["fix", str(source), "-o", str(source)]) == 2
    assert "--in-place" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == TEXT
    assert main(["fix", str(source), "--in-place"]) == 0
    assert source.read_text(encoding="utf-8") == RIGHT
    told = source.stat().st_mtime_ns
    assert main(["fix", str(source), "--in-place"]) == 0
    assert source.stat().st_mtime_ns == told  # nothing to correct, nothing written


def test_a_report_without_faults_is_written_as_it_is(tmp_path: Path) -> None:
    source, out = tmp_path / "报告.txt", tmp_path / "改后.txt"
    source.write_bytes(RIGHT.replace("\n", "\r\n").encode("gb18030"))
    assert main(["fix", str(source), "-o", str(out)]) == 0
    assert out.read_bytes() == source.read_bytes()


def test_many_reports_go_into_a_folder_and_one_that_fails_stops_no_other(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲.txt").write_text(TEXT, encoding="utf-8")
    (folder / "乙.md").write_text(TEXT, encoding="utf-8")
    (folder / "丙.txt").write_bytes(b"")
    assert main(["fix", str(folder), "-o", f"{tmp_path}/改后/"]) == 2
    assert "丙.txt：文件是空的" in capsys.readouterr().err
    assert sorted(path.name for path in (tmp_path / "改后").iterdir()) == ["乙.md", "甲.txt"]
    assert (tmp_path / "改后" / "甲.txt").read_text(encoding="utf-8") == RIGHT


def test_reports_keep_the_folders_they_are_in(tmp_path: Path) -> None:
    for town in ("东镇", "西镇"):
        (tmp_path / "报送" / town).mkdir(parents=True)
        (tmp_path / "报送" / town / "报告.txt").write_text(TEXT, encoding="utf-8")
    assert main(["fix", f"{tmp_path}/报送", "-o", f"{tmp_path}/改后/"]) == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "改后").rglob("*.txt"))
    assert written == ["改后/东镇/报告.txt", "改后/西镇/报告.txt"]
    assert (tmp_path / "改后" / "东镇" / "报告.txt").read_text(encoding="utf-8") == RIGHT


def test_a_folder_of_corrected_reports_within_is_not_corrected_again(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "报送"
    (folder / "东镇").mkdir(parents=True)
    for name in ("甲.txt", "东镇/乙.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    for _ in range(2):
        assert main(["fix", str(folder), "-o", f"{folder}/改后/"]) == 0
    written = sorted(path.relative_to(folder).as_posix() for path in (folder / "改后").rglob("*.txt"))
    assert written == ["改后/东镇/乙.txt", "改后/甲.txt"]
    (folder / "改后" / "另一份.txt").write_text(TEXT, encoding="utf-8")  # a user's own: the program wrote no such file
    capsys.readouterr()
    assert main(["fix", str(folder), "-o", f"{folder}/改后/", "--dry-run"]) == 0
    assert "另一份.txt：可以改正" in (told := capsys.readouterr().out) and "改后/甲.txt" not in told


def test_a_folder_is_not_corrected_into_itself(tmp_path: Path, capsys: Any) -> None:
    """Its reports are the originals, none of them what an earlier run wrote: they must not be passed over in silence."""
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    assert main(["fix", str(tmp_path), "-o", f"{tmp_path}/"]) == 2
    assert "会覆盖原文件" in capsys.readouterr().err
    assert (tmp_path / "甲.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "没有给出要改的文件"),
        (["甲.txt"], "没有说明写到哪里"),
        (["甲.txt", "-o", "x.txt", "--in-place"], "只能给出一个"),
        (["甲.txt", "乙/甲.txt", "-o", "x.txt"], "-o 请给出目录"),
        (["甲.txt", "乙/甲.txt", "-o", "出/"], "有两份报告都叫“甲.txt”"),
        (["甲.txt", "-o", "没有/出/"], "上级目录不存在"),
        (["甲.txt", "-o", "没有/x.txt"], "上级目录不存在"),
        (["甲.txt", "-o", "."], "会覆盖原文件"),
        (["甲.txt", "-o", "改.docx"], "后缀与原文件 甲.txt 不同"),
        (["-", "-o", "x.txt"], "不读标准输入"),
        (["甲.txt", "--dry-run", "--only", "terminolgy"], "是否想写 terminology"),
        (["甲.txt", "--dry-run", "--only", "什么"], "可用：figure"),
        (["甲.txt", "--dry-run", "--only", ","], "--only 后面缺少"),
        (["甲.txt", "--dryrun"], "不认识的选项 --dryrun"),
    ],
)
def test_wrong_usage_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("乙").mkdir()
    Path("甲.txt").write_text(TEXT, encoding="utf-8")
    Path("乙/甲.txt").write_text(TEXT, encoding="utf-8")
    assert main(["fix", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and said in err
    assert Path("甲.txt").read_text(encoding="utf-8") == TEXT


def test_only_takes_rules_parted_by_commas_of_either_width(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["fix", str(source), "--dry-run", "--only", "set-phrase，figure"]) == 0
    assert "可以改正 1 处" in capsys.readouterr().out


def test_what_the_list_of_exemptions_accepts_is_left_alone(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8")
    (tmp_path / ".checker-ignore.yaml").write_text(
        "- {rule: terminology, quote: 法制政府, reason: 引用原话}\n", encoding="utf-8"
    )
    assert main(["fix", str(source), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "可以改正 2 处，留下 0 处" in out and "法制政府" not in out
    assert main(["fix", str(source), "--dry-run", "--no-ignore"]) == 0
    assert "“法制政府” → “法治政府”" in capsys.readouterr().out


def test_the_pack_may_be_chosen_by_the_kind_of_report(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["fix", str(source), "--dry-run", "--pack", "auto"]) == 0
    assert "可以改正 3 处" in capsys.readouterr().out


def test_reports_in_an_archive_are_to_be_unpacked_first(tmp_path: Path, capsys: Any) -> None:
    with ZipFile(tmp_path / "报送.zip", "w") as archive:
        archive.writestr("甲.txt", TEXT)
    before = (tmp_path / "报送.zip").read_bytes()
    for options in (["--in-place"], ["-o", f"{tmp_path}/改后/"], ["--dry-run"]):
        assert main(["fix", str(tmp_path / "报送.zip"), *options]) == 2
        err = capsys.readouterr().err
        assert "请先解压" in err and err.count("\n") == 1
    assert (tmp_path / "报送.zip").read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_other_formats_are_refused_in_one_line(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "报告.html"
    source.write_text(f"<html><body><p>{HEAD}</p><p>加快建设法制政府。</p></body></html>", encoding="utf-8")
    assert main(["fix", str(source), "-o", str(tmp_path / "改后.html")]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and not (tmp_path / "改后.html").exists()


def test_an_encoding_that_does_not_come_back_the_same_is_refused() -> None:
    from checker.commands.rewriting import rewriter
    from checker.errors import CheckerError

    with pytest.raises(CheckerError, match="不能逐字节还原"):
        rewriter(RawReport("a", "法制政府", "gb18030"), "法制政府".encode("gb18030") + b"\x00")
    with pytest.raises(CheckerError, match="只能审查，不能改写"):
        rewriter(RawReport("a", "法制政府", None, "pdf"), b"%PDF")
    writer = rewriter(RawReport("a", "共商國事", "big5"), "共商國事".encode("big5"))
    assert "BIG5" in (writer.refusal(Edit(3, 4, "这")) or "") and writer.refusal(Edit(3, 4, "是")) is None


def test_help_has_examples_in_chinese(capsys: Any) -> None:
    assert main(["fix", "--help"]) == 0
    out = capsys.readouterr().out
    assert "例子：" in out and "--in-place" in out and "退出码" in out


def test_a_document_of_another_kind_is_told_as_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(
        "某县住房和城乡建设局2024年政府信息公开工作年度报告\n一、总体情况\n公开信息12条。\n", encoding="utf-8"
    )
    assert main(["fix", str(paper), "--dry-run"]) == 0
    told = capsys.readouterr().err
    assert "没有审查：标题" in told and "--pack gov-info" in told
