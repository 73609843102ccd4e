"""Marked text: cut at the edges of marks, nothing lost, each mark covering just its words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from checker.render.marks import Mark, Segment, by_line, segments

TEXTS = st.text(max_size=40)
MARKS = st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=8).map(
    lambda spans: [Mark(f"m{index}", *span) for index, span in enumerate(spans)]
)


def test_a_text_without_marks_is_one_segment() -> None:
    assert segments("甲乙丙", []) == [Segment("甲乙丙")]
    assert segments("", [Mark("a", 0, 3)]) == []


def test_nested_marks_stand_outermost_first() -> None:
    assert segments("甲乙丙丁", [Mark("in", 1, 2), Mark("out", 0, 3)]) == [
        Segment("甲", ("out",), ("out",)),
        Segment("乙", ("out", "in"), ("in",)),
        Segment("丙", ("out",)),
        Segment("丁"),
    ]


def test_overlapping_marks_share_what_both_cover() -> None:
    assert segments("甲乙丙", [Mark("a", 0, 2), Mark("b", 1, 3)]) == [
        Segment("甲", ("a",), ("a",)),
        Segment("乙", ("a", "b"), ("b",)),
        Segment("丙", ("b",)),
    ]


@given(TEXTS, MARKS)
def test_joined_the_segments_are_the_text(text: str, marks: list[Mark]) -> None:
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(TEXTS, MARKS)
def test_each_mark_covers_its_words_and_begins_once(text: str, marks: list[Mark]) -> None:
    cut = segments(text, marks)
    for mark in marks:
        slice = text[max(mark.start, 0) : max(mark.end, 0)] if mark.start < mark.end else ""
        covered = [segment for segment in cut if mark.id in segment.ids]
        assert "".join(segment.text for segment in covered) == slice
        assert [segment for segment in cut if mark.id in segment.begins] == covered[:1]


@given(TEXTS, MARKS)
def test_no_segment_is_empty_and_neighbours_differ(text: str, marks: list[Mark]) -> None:
    cut = segments(text, marks)
    assert all(segment.text for segment in cut)
    for left, right in pairwise(cut):
        assert left.ids != right.ids


def test_lines_keep_their_marks() -> None:
    cut = segments("甲乙\n丙\n\n丁", [Mark("a", 1, 4)])
    assert by_line(cut) == [
        [Segment("甲"), Segment("乙", ("a",), ("a",))],
        [Segment("丙", ("a",))],
        [],
        [Segment("丁")],
    ]


@given(TEXTS.map(lambda text: text.replace("a", "\n")), MARKS)
def test_lines_are_the_lines_of_the_text_and_no_beginning_is_lost(text: str, marks: list[Mark]) -> None:
    cut = segments(text, marks)
    lines = by_line(cut)
    assert ["".join(segment.text for segment in line) for line in lines] == text.split("\n")
    begins = [id for line in lines for segment in line for id in segment.begins]
    assert sorted(begins) == sorted(id for segment in cut for id in segment.begins)
