"""Speed, as ratios measured side by side in one run: `python bench/run.py [start|warm|growth|rules]...`.

- start: a fresh process that scores one seed, against `python -c "import pydantic, yaml"`
- warm: one report in a warm process, against `jieba.lcut` of its text and against a floor (decode, one automaton pass
  over all wordings, sentence split)
- growth: the time per character from 100 KB to 10 MB of text, and the peak memory
- rules: ten times as many rules against the pack as it is
"""

from __future__ import annotations

import logging
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker import check, collector, load_pack, read_report
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.match import builtins
from checker.models.document import RawReport
from checker.models.rule import RulePack

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
# A process starts with the peak of the one that started it, so a small one must start the one that is measured.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "checker", *sys.argv[1:]], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
TARGETS = {"start": 5.0, "jieba": 1 / 3, "growth": 1.5, "rules": 2.0, "memory": 200.0}


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def cpu_time(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def paired(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Median seconds of each and the median of their ratios, run in turn."""
    pairs = [(timed(one), timed(other)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def show(name: str, ratio: float, target: float | None, detail: str) -> None:
    verdict = "" if target is None else ("ok" if ratio <= target else "OVER")
    aim = "" if target is None else f"target {target:.2f}"
    print(f"{name:32} {ratio:8.2f}  {aim:14} {verdict:5} {detail}")


def bench_start() -> None:
    score = [sys.executable, "-m", "checker", "score", str(SEEDS[0])]
    imports = [sys.executable, "-c", "import pydantic, yaml"]

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, capture_output=True, cwd=ROOT, check=False)

    run(score)()
    one, other, ratio = paired(run(score), run(imports), 11)
    show("start / import pydantic, yaml", ratio, TARGETS["start"], f"{one * 1e3:.0f} ms against {other * 1e3:.0f} ms")


def bench_warm(pack: CompiledPack) -> None:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")
    reports = [read_report(path) for path in [*SEEDS, *sorted((ROOT / "tests" / "gold").glob("*.txt"))]]
    automaton = pack.matcher.automaton
    sentence = re.compile("[^。！？；\n]+")

    def floor(data: bytes) -> None:
        text = data.decode()
        automaton.find_matches_as_indexes(text, overlapping=True)
        sentence.findall(text)

    rows = []
    for report in reports:
        data = report.text.encode()
        check(report, pack)
        rows.append(
            (
                paired(lambda r=report: check(r, pack), lambda r=report: jieba.lcut(r.text), 7),
                paired(lambda r=report: check(r, pack), lambda d=data: floor(d), 7),
            )
        )
    against_jieba = statistics.median(row[0][2] for row in rows)
    ours, theirs = (statistics.median(row[0][i] for row in rows) * 1e3 for i in (0, 1))
    show("warm report / jieba.lcut", against_jieba, TARGETS["jieba"], f"{ours:.2f} ms against {theirs:.2f} ms")
    lowest = statistics.median(row[1][1] for row in rows) * 1e3
    show("warm report / floor", statistics.median(row[1][2] for row in rows), None, f"floor {lowest:.2f} ms")


def long_text(characters: int) -> str:
    """Seeds one after another, every copy with figures of its own."""
    text = "\n".join(read_report(path).text for path in SEEDS)
    copies, size = [], 0
    while size < characters:
        number = len(copies)
        copies.append(
            re.sub(r"\d+", lambda match, n=number: str(int(match[0][:9]) + n) if len(match[0]) < 4 else match[0], text)
        )
        size += len(copies[-1])
    return "".join(copies)[:characters]


def bench_growth(pack: CompiledPack) -> None:
    per_character = {}
    for size in (33_000, 330_000, 3_300_000):  # characters of three bytes each: 100 KB, 1 MB, 10 MB
        report = RawReport("long", long_text(size))
        check(RawReport("warm", report.text[:20_000]), pack)
        rounds = max(1, 330_000 // size)  # as many as make the small texts take as long as the middle one
        seconds = min(cpu_time(lambda r=report: check(r, pack)) for _ in range(rounds))
        per_character[size] = seconds / size
        print(f"  {size * 3 // 1000:>6} KB: {seconds:8.2f} s, {per_character[size] * 1e6:.2f} µs a character")
    show("growth 10 MB / 100 KB, a character", per_character[3_300_000] / per_character[33_000], TARGETS["growth"], "")
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(long_text(3_300_000).encode())
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", LAUNCHER, "score", file.name], capture_output=True, cwd=ROOT, check=True, text=True
        )
    show(
        "peak memory, MB", int(done.stdout) / 1024, TARGETS["memory"], "a process of its own that scores the 10 MB text"
    )


def multiplied(pack: RulePack, times: int) -> RulePack:
    """The pack with ``times`` as many concepts and rules: each copy in other characters, under other names."""
    own = {*builtins.PLAIN, *builtins.RELATIVE}

    def rename(name: str, copy: int) -> str:
        return name if name in own else f"{name}-x{copy}"

    def shift(phrase: str, copy: int) -> str:
        phrase = re.sub(
            r"\{([A-Za-z][\w+-]*)\}|([\u4e00-\u9fff])",
            lambda m: (
                "{" + rename(m[1], copy) + "}" if m[1] else chr((ord(m[2]) - 0x4E00 + 977 * copy) % 20000 + 0x4E00)
            ),
            phrase,
        )
        return phrase

    def copied(value: object, copy: int) -> object:
        if isinstance(value, dict):
            return {key: copied(item, copy) for key, item in value.items()}
        if isinstance(value, list):
            return [copied(item, copy) for item in value]
        return shift(value, copy) if isinstance(value, str) else value

    concepts = dict(pack.concepts)
    elements = list(pack.elements)
    for copy in range(1, times):
        for name, concept in pack.concepts.items():
            data = {
                key: copied(value, copy) for key, value in concept.model_dump(by_alias=True, exclude_unset=True).items()
            }
            concepts[rename(name, copy)] = type(concept).model_validate(data)
        for element in pack.elements:
            data = element.model_dump(by_alias=True, exclude_unset=True)
            for clue in data["clues"].values():
                for key in ("any", "unless"):
                    if key in clue:
                        clue[key] = copied(clue[key], copy)
                for side in ("near", "not_near"):
                    for condition in clue.get(side, []):
                        condition["any"] = copied(condition["any"], copy)
            elements.append(type(element).model_validate({**data, "id": f"{element.id}-x{copy}"}))
    return pack.model_copy(update={"concepts": concepts, "elements": elements})


def bench_rules(pack: CompiledPack) -> None:
    tenfold = compile_pack(multiplied(pack.pack, 10))
    reports = [read_report(path) for path in SEEDS]
    for report in reports:
        check(report, tenfold)
        check(report, pack)
    rows = [paired(lambda r=r: check(r, tenfold), lambda r=r: check(r, pack), 7) for r in reports]
    count = f"{len(pack.matcher.plan.words.all)} wordings against {len(tenfold.matcher.plan.words.all)}"
    show("ten times the rules / once", statistics.median(row[2] for row in rows), TARGETS["rules"], count)


def main() -> None:
    collector.search_seldom()  # as the command line and the web workers do
    wanted = sys.argv[1:] or ["start", "warm", "growth", "rules"]
    pack = compile_pack(load_pack("law-gov"))
    if "start" in wanted:
        bench_start()
    if "warm" in wanted:
        bench_warm(pack)
    if "growth" in wanted:
        bench_growth(pack)
    if "rules" in wanted:
        bench_rules(pack)


if __name__ == "__main__":
    main()
