"""Fingerprints: names of verdicts and findings that stay the same while the report is edited elsewhere."""

from __future__ import annotations

import unicodedata
from collections import Counter
from hashlib import sha256

from checker.models.result import Finding

_AROUND = 16  # characters on each side that tell one place from another with the same words


def add_fingerprints(findings: list[Finding], text: str) -> None:
    """Give findings their fingerprints: of the rule, the faulty words and the words around them on the line, white
    space and width evened out; alike ones are numbered in the order of the text.  The list holds the named ones in
    place of the others, for a long text may have many."""
    seen: Counter[str] = Counter()
    for index, finding in enumerate(findings):
        start = max(text.rfind("\n", 0, finding.start) + 1, finding.start - _AROUND)
        end = text.find("\n", finding.end, finding.end + _AROUND)
        around = text[start : end if end >= 0 else finding.end + _AROUND]
        name = fingerprint(finding.id, even(finding.text), even(around))
        seen[name] += 1
        findings[index] = finding.model_copy(update={"fingerprint": fingerprint(name, str(seen[name]))})


def fingerprint(*parts: str) -> str:
    """A name of sixteen hexadecimal digits made of some words."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def even(text: str) -> str:
    """A text without its white space, width evened out."""
    return "".join(unicodedata.normalize("NFKC", text).split())
