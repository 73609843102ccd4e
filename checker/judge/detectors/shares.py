"""Shares that do not make up their whole (占46%、占32%、其他占30%; 认为规范的占72%，…), for the figures detector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.judge.detectors.exact_numbers import BESIDE, FAR, PERCENT, Number, Wrong, written
from checker.models.detectors import FiguresOptions

_SEPARATE = 150  # opinions of so many in a hundred answer several questions


class _Words(Patterns):
    """The words of a rule that tell shares of one whole, compiled."""

    channels: tuple[str, ...]
    answers: tuple[str, ...]


def wrong_shares(text: str, numbers: Sequence[Number], options: FiguresOptions) -> Iterator[Wrong]:
    """Shares, and opinions, told one after another that cannot be those of one whole."""
    words = _words(
        *map(in_view_form, (options.shared, options.rest, options.of_which, options.opinions, options.opinion_scale)),
        *map(in_view_form, (options.channels, options.overlapping, options.answers)),
    )
    yield from _of_shares(text, numbers, words)
    yield from _of_opinions(text, numbers, words)


def share_words(shared: tuple[str, ...]) -> str:
    """What leads to a share of a whole (占, 占比为), as a regular expression."""
    return f"(?:{either(shared)})(?:为|达到?|到)?"


@lru_cache(maxsize=16)
def _words(
    shared: tuple[str, ...],
    rest: tuple[str, ...],
    of_which: tuple[str, ...],
    opinions: tuple[str, ...],
    scale: tuple[str, ...],
    channels: tuple[str, ...],
    overlapping: tuple[str, ...],
    answers: tuple[str, ...],
) -> _Words:
    share = share_words(shared)
    return _Words(
        {"channels": channels, "answers": tuple(sorted(answers, key=len, reverse=True))},
        rest=either(rest),
        of_which=either(of_which),
        next_share=rf"[,、;]?(?P<label>{BESIDE}{{1,16}}?){share}",
        opinion=rf"[,、;]?{BESIDE}{{0,6}}(?:{either(opinions)}){BESIDE}{{1,12}}{share}",
        scale=either(scale),
        overlapping=either(overlapping),
    )


def _of_shares(text: str, numbers: Sequence[Number], words: _Words) -> Iterator[Wrong]:
    """Shares of one whole that do not make it up: told one after another, the last of them the rest."""
    run: list[Number] = []
    labels: list[str] = []
    start = 0
    for number in (*numbers, None):
        last = run[-1].end if run else max(0, number.start - FAR) if number else 0
        lead = words.next_share.search(text, last, number.start) if number and number.measure == PERCENT else None
        if number is None or lead is None or lead.end() != number.start or (run and lead.start() != last):
            too_many = len(run) > 2 and 100 + len(run) * 0.5 < sum(s.least for s in run) < _SEPARATE
            alike = _are_alike(labels, words) or _are_answers(labels, words)
            if too_many and alike and not words.overlapping.search(text, start, last + FAR):
                yield from _unlike_whole(run, start)
            run, labels = [], []
            continue
        labels.append(lead["label"])
        start = start if run else lead.start() + (text[lead.start()] in ",、;")
        run.append(number)
        if words.rest.search(lead[0]):
            nested = words.of_which.search(text, start, number.start) is not None
            if len(run) > 2 and not nested and not any(_is_whole(run[i:]) for i in range(1, len(run) - 1)):
                yield from _unlike_whole(run, start)
            run, labels = [], []


def _are_alike(labels: Sequence[str], words: _Words) -> bool:
    """Whether labels end in one word for a channel (电话反映、网络反映、来访反映): what they tell is of one kind."""
    return len(set(labels)) == len(labels) and any(
        all(label.endswith(word) and len(label) > len(word) for label in labels) for word in words.channels
    )


def _are_answers(labels: Sequence[str], words: _Words) -> bool:
    """Whether labels are the answers to one question (满意、基本满意、不满意), the first with what stands before it."""
    first = next((word for word in words.answers if labels[0].endswith(word)), None)
    answers = [first, *labels[1:]]
    return len(set(answers)) == len(answers) and all(answer in words.answers for answer in answers)


def _of_opinions(text: str, numbers: Sequence[Number], words: _Words) -> Iterator[Wrong]:
    """Shares of those who answered so and so, told one after another, that are more than all."""
    run: list[Number] = []
    start = 0
    for number in (*numbers, None):
        last = run[-1].end if run else max(0, number.start - FAR) if number else 0
        lead = words.opinion.search(text, last, number.start) if number and number.measure == PERCENT else None
        if number and lead and lead.end() == number.start and (not run or lead.start() == last):
            start = start if run else lead.start() + (text[lead.start()] in ",、;")
            run.append(number)
            continue
        of_one_question = len(run) > 2 and words.scale.search(text, start, run[-1].start) is not None
        if of_one_question and 100 + len(run) * 0.5 < sum(share.least for share in run) < _SEPARATE:
            yield from _unlike_whole(run, start)
        run = []


def _unlike_whole(shares: Sequence[Number], start: int) -> Iterator[Wrong]:
    if not _is_whole(shares):
        yield Wrong("shares", written(_sum(shares), PERCENT), start, shares[-1].end)


def _is_whole(shares: Sequence[Number]) -> bool:
    """Whether shares make up their whole, but for what was lost in rounding them."""
    return abs(_sum(shares) - 100) <= 0.5 * sum(10.0**-share.decimals for share in shares) + 0.001


def _sum(shares: Sequence[Number]) -> float:
    return sum((share.least + share.most) / 2 for share in shares)
