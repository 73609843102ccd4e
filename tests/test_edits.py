"""Edits: the smallest change, put in without moving others, and offsets led back."""

from __future__ import annotations

import random

import pytest

from checker.edits import Edit, Shift, Spans, apply, smallest


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("两个坚决维护", "两个维护", Edit(12, 14, "")),
        ("20212025", "2021—2025", Edit(14, 14, "—")),
        ("法制政府", "法治政府", Edit(11, 12, "治")),
        ("，，", "，", Edit(11, 12, "")),
        ("听政", "复议", Edit(10, 12, "复议")),
    ],
)
def test_the_smallest_edit_leaves_what_both_share(old: str, new: str, edit: Edit) -> None:
    assert smallest(10, old, new) == edit
    assert apply("〇" * 10 + old + "后", [edit]) == "〇" * 10 + new + "后"


@pytest.mark.parametrize("seed", range(20))
def test_edits_are_put_in_wherever_they_stand_and_offsets_lead_back(seed: int) -> None:
    pick = random.Random(seed)
    text = "".join(chr(0x4E00 + number) for number in range(60))
    ends = sorted(pick.sample(range(61), 12))
    edits = [Edit(a, b, "x" * pick.randint(0, 3)) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    edited = apply(text, pick.sample(edits, len(edits)))
    shift = Shift(edits)
    for start in range(len(edited)):
        for end in range(start + 1, len(edited) + 1):
            first, last = shift.back(start, end)
            if not shift.touches(start, end):
                assert text[first:last] == edited[start:end]
            kept = [character for character in edited[start:end] if character != "x"]
            assert set(kept) <= set(text[first:last])


@pytest.mark.parametrize("seed", range(20))
def test_spans_know_every_stretch_they_were_given(seed: int) -> None:
    pick = random.Random(seed)
    spans, covered = Spans(), set[int]()
    for _ in range(12):
        start = pick.randint(0, 40)
        end = start + pick.randint(1, 6)
        spans.add(start, end)
        covered |= set(range(start, end))
        for first in range(48):
            for last in range(first + 1, 49):
                assert spans.overlap(first, last) == (not covered.isdisjoint(range(first, last)))
