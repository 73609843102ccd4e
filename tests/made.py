"""Results made by hand for tests of the output formats: every kind of trouble a renderer can meet."""

from __future__ import annotations

from typing import Any

from checker.models.document import Origin, RawReport
from checker.models.result import (
    ElementResult,
    Evidence,
    FileError,
    Finding,
    PackInfo,
    ReportResult,
    RuleInfo,
    RunResult,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \"'&amp; `code` |x|*b*_i_[a](http://evil.example)@someone #1 "
    "%0A::error::x ]]> {{ 7*7 }} \x00\x07\x1b[2J\u202e\ufffe\ud800 =HYPERLINK(1)"
)
IDENTITY = "340103197905123018"
TEXT = f"一、标题𠮷字\n{HOSTILE}\r\n联系人身份证号{IDENTITY}，跨\n行。\n"


def evidence(source: str, words: str, **more: Any) -> Evidence:
    """A place for an element: where some words stand in a text."""
    return Evidence(**spot(source, words), section="work-done", **more)


def finding(source: str, words: str, **more: Any) -> Finding:
    """A finding at some words of a text."""
    told = {"id": "typo", "severity": "error", "message": f"“{words}”写错了。", "advice": "请改正。"}
    return Finding(**spot(source, words), **(told | more))


def spot(source: str, words: str) -> dict[str, Any]:
    """The fields of a place."""
    start = source.index(words)
    line, column = RawReport("", source).place(start)
    return {"start": start, "end": start + len(words), "line": line, "column": column, "text": words}


def element(id: str, verdict: Any, **more: Any) -> ElementResult:
    """The verdict on an element."""
    told: dict[str, Any] = {
        "title": f"要素{id}", "part": "required", "points": 10.0 if verdict == "met" else 0.0, "max_points": 10.0,
        "reason": f"{id} 的理由。", "basis": ["某规定"], "evidence": [], "fingerprint": f"f-{id}",
        "advice": None if verdict in ("met", "not-applicable") else f"{id} 的建议。",
    }  # fmt: skip
    return ElementResult(id=id, verdict=verdict, **(told | more))


def report(text: str = TEXT, **more: Any) -> ReportResult:
    """A report with one of everything: nested, overlapping, sensitive, accepted."""
    elements = [
        element("a", "met", evidence=[evidence(text, "标题𠮷字"), evidence(text, "𠮷")]),
        element("b", "weak", evidence=[evidence(text, "身份证号" + IDENTITY)] if IDENTITY in text else []),
        element("c", "missing"),
        element("d", "missing", part="coverage", suppressed="本局无此职责"),
        element("e", "not-applicable", part="coverage", max_points=0.0),
    ]
    findings = [
        finding(text, "题𠮷", fixed="目𠮷", fingerprint="aa"),
        finding(text, "字", severity="note", suppressed="惯用写法", fingerprint="bb"),
    ]
    if IDENTITY in text:
        message = f"文中有证件号码“{IDENTITY}”。"
        findings.append(
            finding(
                text, IDENTITY, id="personal", severity="warning", message=message, sensitive=True, fingerprint="cc"
            )
        )
        findings.append(finding(text, "跨\n行", id="typo", severity="warning", fingerprint="dd"))
    told: dict[str, Any] = {
        "file": "报送/甲.txt", "kind": "report", "kind_reason": "标题表明是这类报告。", "agency": "某市某局",
        "level": "city", "report_year": 2023, "score": 47.0, "max_score": 100.0, "grade": "不合格", "passed": False,
        "deducted": 3.0, "fail_reason": "缺少必备内容：要素c", "elements": elements, "findings": findings,
        "source": RawReport("报送/甲.txt", text, "utf-8"),
    }  # fmt: skip
    return ReportResult(**(told | more))


def hostile() -> ReportResult:
    """A report whose every text is an attack."""
    return report(
        file=f"{HOSTILE}.txt",
        agency=HOSTILE,
        kind_reason=HOSTILE,
        fail_reason=HOSTILE,
        grade=HOSTILE,
        notes=[HOSTILE],
        rule_errors=[HOSTILE],
        elements=[
            element("x", "weak", title=HOSTILE, reason=HOSTILE, advice=HOSTILE, basis=[HOSTILE], suppressed=HOSTILE),
            element("y", "missing", title=HOSTILE, evidence=[evidence(TEXT, HOSTILE, note=HOSTILE)], reason=HOSTILE),
        ],
        findings=[
            finding(TEXT, HOSTILE, id="typo", message=HOSTILE, advice=HOSTILE, fixed=HOSTILE),
            finding(TEXT, HOSTILE, id="typo", message=HOSTILE, suppressed=HOSTILE),
        ],
    )


def in_word() -> ReportResult:
    """A report that came from a Word file."""
    origins = ((0, Origin(paragraph=1)), (7, Origin(paragraph=2)))
    source = RawReport("乙.docx", TEXT, None, "docx", origins)
    made = report(file="乙.docx", format="docx", source=source)
    placed = [item.model_copy(update={"origin": source.origin(item.start)}) for item in made.findings]
    return made.model_copy(update={"findings": placed})


OTHER = report(
    file="讲话.txt",
    kind="other",
    kind_reason="这是一篇讲话。",
    score=None,
    grade=None,
    passed=None,
    fail_reason=None,
    elements=[],
)
RULES = [
    RuleInfo(id=id, kind="element", title=f"要素{id}", basis=["某规定"], advice="写明。", part="required", must=True, weight=10, model="示范。")
    for id in "abcde"
] + [
    RuleInfo(id="typo", kind="finding", title="错字", basis=["某标准"], advice="改正。", severity="error"),
    RuleInfo(id="personal", kind="finding", title="个人信息", basis=["某法"], advice="删去。", severity="warning"),
    RuleInfo(id="silent", kind="finding", title="没有命中的规则", basis=["某法"], advice="无。", severity="note"),
]  # fmt: skip


def run(*reports: ReportResult, errors: tuple[tuple[str, str], ...] = ()) -> RunResult:
    """A run."""
    told = [FileError(file=file, message=message) for file, message in errors]
    return RunResult(
        checker="0.1.0", pack=PackInfo(id="p", version="1"), reports=list(reports), errors=told, rules=RULES
    )


EVERYTHING = run(
    report(), hostile(), in_word(), OTHER, report(text="一、标题𠮷字\n", file="丁.txt", findings=[]),
    errors=(("坏.txt", "文件是空的。"), (HOSTILE, HOSTILE)),
)  # fmt: skip
