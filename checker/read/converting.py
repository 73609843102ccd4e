"""Old formats by way of other programs: LibreOffice turns them into docx, or antiword into text.

LibreOffice runs in a private folder with a profile of its own, without macros and without fetching anything that the
document refers to; the folder is removed whatever happens.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read.building import TextBuilder
from checker.read.packaged import DAMAGED

TIMEOUT = 60  # seconds
NO_PROGRAM = (
    "这是旧版 Word（doc）或 WPS 文档，读取它需要装有 LibreOffice（或 antiword）；"
    "也可以用 Word 或 WPS 另存为 docx 后再试。"
)
_SLOW = f"转换旧版文档超过 {TIMEOUT} 秒，已停止；请用 Word 或 WPS 另存为 docx 后再试。"
_FILTERS = {"doc": "MS Word 97"}  # by what the content is, not by what the name says
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def convert(data: bytes, name: str, kind: str) -> RawReport:
    """The document, by way of docx; its format is ``kind``, and ``original`` is the docx.

    Raises ``ReadError``: no program for it, the file damaged, or the conversion too slow.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is not None:
        from checker.read import from_docx

        docx = _with_office(office, data, kind)
        report = from_docx.read(docx, name)
        return replace(report, format=kind)
    antiword = shutil.which("antiword")
    if antiword is not None and kind == "doc":
        return _with_antiword(antiword, data, name)
    raise ReadError(NO_PROGRAM)


def _with_office(office: str, data: bytes, kind: str) -> bytes:
    """The document as docx."""
    with tempfile.TemporaryDirectory(prefix="checker-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        filter = [f"--infilter={_FILTERS[kind]}"] if kind in _FILTERS else []
        _run(
            [
                office, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore", "--nologo",
                "--nodefault", "--nolockcheck", *filter, "--convert-to", "docx:MS Word 2007 XML", "--outdir",
                str(folder / "out"), str(source),
            ],
            folder,
        )  # fmt: skip
        try:
            return (folder / "out" / "document.docx").read_bytes()
        except FileNotFoundError:
            raise ReadError(DAMAGED) from None


def _with_antiword(antiword: str, data: bytes, name: str) -> RawReport:
    """The document's text as antiword tells it: lines are paragraphs, numbers of lists as in the file."""
    with tempfile.TemporaryDirectory(prefix="checker-") as place:
        source = Path(place) / "document.doc"
        source.write_bytes(data)
        told = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], Path(place))
    builder = TextBuilder()
    for count, line in enumerate(told.decode("utf-8", "replace").splitlines(), 1):
        builder.add(line.strip(" |") + "\n", Origin(paragraph=count))
    return builder.report(name, "doc")


def _run(command: list[str], folder: Path) -> bytes:
    """What a program prints; it and all it started are stopped when its time is over."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command, without a shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=TIMEOUT)
        return printed
    except subprocess.TimeoutExpired:
        raise ReadError(_SLOW) from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with its children."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
