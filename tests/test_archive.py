"""Archives, folders and misnamed files on the command line: every document in them is judged, the rest is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from office import package, par, word
from tiny import GOOD, WEAK

from checker import read_report
from checker.cli import main
from checker.errors import ReadError
from checker.read import archive


def good() -> bytes:
    return word("".join(par(line) for line in GOOD.splitlines()))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "报送.zip"
    path.write_bytes(
        package({
            "甲局/报告.docx": good(), "乙局.txt": WEAK.encode("gbk"), "图.png": b"\x89PNG", "__MACOSX/乙局.txt": b"x",
            "甲局/~$报告.docx": b"x", ".hidden.txt": b"x",
        })
    )  # fmt: skip
    return path


def score(tiny: Path, *words: object) -> int:
    return main(["score", "--pack", str(tiny), *map(str, words), "--format", "json"])


def test_an_archive_stands_for_its_documents(tiny: Path, sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score(tiny, sent) == 0
    reports = json.loads(capsys.readouterr().out)["reports"]
    assert [(r["file"], r["format"]) for r in reports] == [
        (f"{sent}/乙局.txt", "text"),
        (f"{sent}/甲局/报告.docx", "docx"),
    ]
    assert reports[1]["score"] == 100


def test_a_path_into_an_archive_is_read(sent: Path) -> None:
    report = read_report(sent / "甲局" / "报告.docx")
    assert report.text == GOOD and report.name == f"{sent}/甲局/报告.docx"
    with pytest.raises(ReadError, match="压缩包里没有这个文件"):
        read_report(sent / "丙局.docx")
    with pytest.raises(ReadError, match="这是压缩包"):
        read_report(sent)


def test_names_in_gbk_are_told_right(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = "甲局/报告.txt".encode("gbk")
    path = tmp_path / "a.zip"
    path.write_bytes(package({"x" * len(raw): GOOD}).replace(b"x" * len(raw), raw))
    score(tiny, path)
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert report["file"] == f"{path}/甲局/报告.txt"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (package({"图.png": b"\x89PNG"}), "压缩包里没有可以审查的文件"),
        (package({}), "压缩文件是空的"),
        (b"PK\x03\x04" + bytes(99), "损坏"),
        (package({f"{index}.txt": b"x" for index in range(501)}), "压缩包里的文件过多"),
    ],
    ids=["no document", "empty", "damaged", "too many"],
)
def test_archives_that_cannot_be_judged_are_one_line(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, told: str
) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert score(tiny, tmp_path / "a.zip") == 2
    assert told in json.loads(capsys.readouterr().out)["errors"][0]["message"]


def test_a_bad_member_does_not_stop_the_others(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = package({"a.txt": GOOD})
    (tmp_path / "a.zip").write_bytes(package({"1.docx": good()[:900], "2.zip": inner, "3.txt": b"", "4.docx": good()}))
    assert score(tiny, tmp_path / "a.zip") == 2
    run = json.loads(capsys.readouterr().out)
    assert [Path(report["file"]).name for report in run["reports"]] == ["4.docx"]
    assert ["损坏" in run["errors"][0]["message"], "压缩包里的压缩包" in run["errors"][1]["message"]] == [True, True]
    assert "空" in run["errors"][2]["message"]


def test_a_document_called_zip_is_a_document(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.zip").write_bytes(good())
    assert score(tiny, tmp_path / "a.zip") == 0
    assert json.loads(capsys.readouterr().out)["reports"][0]["format"] == "docx"


def test_a_folder_holds_documents_of_every_kind(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, data in {
        "a.docx": good(), "b.TXT": GOOD.encode(), "c.zip": package({"x.docx": good()}), "d.xlsx": b"x", "e.jpg": b"x",
        "~$a.docx": b"x", ".f.docx": b"x",
    }.items():  # fmt: skip
        (folder / name).write_bytes(data)
    assert score(tiny, folder) == 0
    out, err = capsys.readouterr()
    files = [report["file"].removeprefix(f"{folder}/") for report in json.loads(out)["reports"]]
    assert files == ["a.docx", "b.TXT", "c.zip/x.docx"]
    assert err.count("\n") == 1 and "2 个文件不是可读的格式" in err
    score(tiny, folder, "--quiet")
    assert capsys.readouterr().err == ""


def test_misnamed_files_are_read_by_their_content(tmp_path: Path) -> None:
    page = f"<html><head><meta charset=gbk></head><body>{''.join(f'<p>{line}</p>' for line in GOOD.splitlines())}</body></html>"
    rtf = "{\\rtf1\\ansi\\ansicpg936 " + "\\par ".join(GOOD.splitlines()) + "}"
    for name, data, format in (
        ("a.txt", good(), "docx"), ("b.doc", page.encode("gbk"), "html"), ("c.doc", rtf.encode("gbk"), "rtf"),
        ("d.docx", GOOD.encode("gbk"), "text"), ("e.wps", good(), "docx"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        report = read_report(tmp_path / name)
        assert report.format == format and "".join(report.text.split()) == "".join(GOOD.split())


def test_an_archive_of_many_documents_is_read_in_little_time(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for index in range(archive.MAX_DOCUMENTS):
            zipped.writestr(f"{index:03}.txt", GOOD)
    names = archive.documents(str(path), path.read_bytes(), (".txt",))
    assert len(names) == 500 and all(read_report(name).text == GOOD for name in names[:50])


def test_results_in_a_folder_keep_the_folders_of_the_archive(tiny: Path, tmp_path: Path) -> None:
    names = {
        "甲局/报告.txt": GOOD.encode(),
        "乙局/报告.txt": WEAK.encode(),
        "乙局/旧/报告.txt": GOOD.encode(),
        "报告.txt": GOOD.encode(),
    }
    (tmp_path / "报送.zip").write_bytes(package(names))
    main(["score", str(tmp_path / "报送.zip"), "--pack", str(tiny), "-o", f"json:{tmp_path}/审查/", "--quiet"])
    written = {path.relative_to(tmp_path / "审查").as_posix() for path in (tmp_path / "审查").rglob("*.json")}
    assert written == {name.replace(".txt", ".reviewed.json") for name in names}


def test_no_folder_of_an_archive_leads_out_of_the_folder_of_results(tiny: Path, tmp_path: Path) -> None:
    names = {"../../外/报告.txt": GOOD.encode(), "/根/报告.txt": GOOD.encode(), "甲:乙/./报告.txt": GOOD.encode()}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(package(names))
    main(["score", str(tmp_path / "in" / "a.zip"), "--pack", str(tiny), "-o", f"json:{tmp_path}/out/", "--quiet"])
    written = list(tmp_path.rglob("*.json"))
    assert written
    assert all(path.is_relative_to(tmp_path / "out") for path in written)
    assert not any(":" in path.relative_to(tmp_path).as_posix() for path in written)
