"""Numbers of a table that do not agree with one another, for the figures detector.

Readers give a row of a table as one line of cells parted by ``|``.  Three things are checked: a row named as the total of
those above it, a column named as the total of those before it, and the sums that an official format prescribes between
rows.  What a table counts is not known (means, firms seen twice), so a total outside an official format is doubted only
where it comes close and others of the table, if there are any, agree with theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule, TableOptions

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_TABLE = re.compile(r"(?:^[^\n|]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_RULED = re.compile(r"[|:\-]+")  # the line under a table's head
_NEAR, _NEAR_AT_LEAST = Decimal("0.2"), Decimal(5)  # how far off a doubtful total may be
_LEAST_GROUP = 3
_ONE_DIGIT = (Decimal(10), Decimal(100), Decimal(1000))


class Row(NamedTuple):
    """A row: its label, the cells of a head, the numbers behind the label, and its place without outer marks."""

    label: str
    cells: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    start: int
    end: int


class _Wrong(NamedTuple):
    """What is wrong in which row: the number told, its place from the left, and what it should be."""

    kind: Literal["table-sum", "table-row", "table-balance"]
    row: Row
    column: int
    told: Decimal
    right: Decimal
    sides: tuple[str, str] = ("", "")


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Totals and sums in tables that the other numbers of the table belie."""
    options, text = rule.options.tables, document.view.text
    if "|" not in text:
        return
    words = _Words(*map(in_view_form, (options.totals, options.parts, options.not_summed)))
    for match in _TABLE.finditer(text):
        table = list(_rows(text, match.start(), match.end()))
        told: set[Row] = set()
        for wrong in (*_of_format(table, options), *_of_columns(table, words), *_of_rows(table, words)):
            if wrong.row not in told:
                told.add(wrong.row)
                yield _fault(document, rule, wrong)


class _Words(NamedTuple):
    totals: tuple[str, ...]
    parts: tuple[str, ...]
    not_summed: tuple[str, ...]


def _rows(text: str, start: int, end: int) -> Iterator[Row]:
    """The rows of a table; the numbers of a row stand in its last cells."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = stop if stop >= 0 else end
        line = text[start:stop]
        if line and not _RULED.fullmatch(line):
            left = len(line) - len(line.lstrip("|"))
            cells = line.strip("|").split("|")
            first = len(cells)
            while first and _NUMBER.fullmatch(cells[first - 1]):
                first -= 1
            numbers = tuple(Decimal(cell) for cell in cells[first:])
            end_of_row = start + len(line.rstrip("|"))
            yield Row("".join(cells[:first]), tuple(cells), numbers, start + left, end_of_row)
        start = stop + 1


def _of_columns(table: Sequence[Row], words: _Words) -> Iterator[_Wrong]:
    """Rows named as totals that the rows above them do not add up to."""
    block: list[Row] = []
    head: tuple[str, ...] = ()
    for row in table:
        if not row.numbers:
            block, head = [], row.cells
        elif row.label not in words.totals:
            block.append(row)
        else:
            yield from _total(row, block, head, words)
            block = []


def _total(row: Row, block: Sequence[Row], head: Sequence[str], words: _Words) -> Iterator[_Wrong]:
    """The columns of a total that its rows belie; a column is doubted only beside others that agree, or alone."""
    if len(block) < 2 or any(len(part.numbers) != len(row.numbers) for part in block):
        return
    if any(word in part.label for part in block for word in words.parts):
        return
    named = head[-len(row.numbers) :] if len(head) >= len(row.numbers) else ()
    columns = [c for c in range(len(row.numbers)) if not (named and any(w in named[c] for w in words.not_summed))]
    wrong = [c for c in columns if not _adds_up(row.numbers[c], [part.numbers[c] for part in block])]
    if len(wrong) == len(columns) > 1:
        return
    for column in wrong:
        numbers = [part.numbers[column] for part in block]
        if _is_slip(row.numbers[column], numbers):
            yield _Wrong("table-sum", row, column + 1, row.numbers[column], sum(numbers, Decimal(0)))


def _of_rows(table: Sequence[Row], words: _Words) -> Iterator[_Wrong]:
    """Rows whose last number is not the sum of those before it, where the head names that column as the total."""
    heads = [row for row in table if not row.numbers]
    if any(word in cell for head in heads for cell in head.cells for word in words.parts if word not in words.totals):
        return
    name = next((head.cells[-1] for head in heads if head.cells[-1] in words.totals), None)
    groups = sum(head.cells.count(name) for head in heads if name is not None)
    if not groups:
        return
    rows = [row for row in table if any(row.numbers) and len(row.numbers) % groups == 0]
    found = [wrong for row in rows for wrong in _row_totals(row, len(row.numbers) // groups)]
    borne_out = len(rows) - len(found) >= 2 * max(len(found), 1)
    yield from (wrong for wrong in found if borne_out or groups > 1)


def _row_totals(row: Row, size: int) -> Iterator[_Wrong]:
    """The totals of a row, each the last of so many numbers, that those before it belie."""
    if size < _LEAST_GROUP:
        return
    for last in range(size - 1, len(row.numbers), size):
        numbers = row.numbers[last - size + 1 : last]
        if not _adds_up(row.numbers[last], numbers) and _near(row.numbers[last], sum(numbers, Decimal(0))):
            yield _Wrong("table-row", row, last + 1, row.numbers[last], sum(numbers, Decimal(0)))


def _adds_up(total: Decimal, numbers: Sequence[Decimal]) -> bool:
    """Whether numbers make up a total; each that was rounded stands for half its last place more or less."""
    every = [total, *numbers]
    if all(number == number.to_integral_value() for number in every):
        return sum(numbers, Decimal(0)) == total
    slack = sum((Decimal((0, (5,), _exponent(number) - 1)) for number in every), Decimal(0))
    return abs(sum(numbers, Decimal(0)) - total) <= slack


def _exponent(number: Decimal) -> int:
    """The place of a number's last digit: 0 for ones, -1 for tenths."""
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _is_slip(told: Decimal, numbers: Sequence[Decimal]) -> bool:
    """Whether a total comes close to its sum but cannot be a mean or a count of different ones, which are smaller than
    the sum unless one digit is off."""
    right = sum(numbers, Decimal(0))
    return told > max(numbers) and _near(told, right) and (told > right or right - told in _ONE_DIGIT)


def _of_format(table: Sequence[Row], options: TableOptions) -> Iterator[_Wrong]:
    """Sums between rows that an official format prescribes."""
    for balance in options.balances:
        left, right = _side(table, balance.left, balance.through), _side(table, balance.right)
        if left is None or right is None or len({len(row.numbers) for row in (*left, *right)}) != 1:
            continue
        totals = [
            [sum(column, Decimal(0)) for column in zip(*(r.numbers for r in s), strict=True)] for s in (left, right)
        ]
        for column, (one, other) in enumerate(zip(*totals, strict=True), start=1):
            if one != other:
                yield _Wrong("table-balance", right[0], column, other, one, (balance.left_name, balance.right_name))


def _side(table: Sequence[Row], words: Sequence[str], through: bool = False) -> list[Row] | None:
    """The rows of one side of a balance: one for each wording, or all from the first to before the last; ``None``: not
    all there."""
    places = [
        next((number for number, row in enumerate(table) if row.numbers and word in row.label), None)
        for word in in_view_form(tuple(words))
    ]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        return None
    if through:
        return [row for row in table[found[0] : found[-1]] if row.numbers]
    return [table[place] for place in found]


def _near(told: Decimal, right: Decimal) -> bool:
    return abs(told - right) <= max(max(told, right) * _NEAR, _NEAR_AT_LEAST)


def _fault(document: Document, rule: FiguresRule, wrong: _Wrong) -> Fault:
    say, row = rule.options.say, wrong.row
    place = document.view.to_source(row.start, row.end)
    values = {
        "row": row.label, "column": str(wrong.column), "told": f"{wrong.told:f}", "right": f"{wrong.right:f}",
        "left": wrong.sides[0], "other": wrong.sides[1],
    }  # fmt: skip
    return Fault(*place, message=say.get(wrong.kind), advice=say.get("table-advice"), values=values)
