"""Many files at once: worker processes that judge, results in the order of the tasks.

A worker that dies (killed, or out of memory) takes its pool with it; what the pool had begun is then judged one by one,
each in a process of its own, so that only the file that kills its process is lost, and a new pool does the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait

from checker import collector
from checker.commands.judging import Judge, Judged, Task, bug, failed

METHOD = "fork" if sys.platform == "linux" else "spawn"  # on Linux a worker then starts at once, with the packs open
_AHEAD = 4  # tasks begun for each worker: enough to keep it busy, few enough to keep in memory
_Begun = deque[tuple[Task, Future[Judged]]]
_DIED = "审查这份文件的进程意外结束（可能内存不足，或被系统终止），这份文件没有审查。"


def judge_each(tasks: Sequence[Task], judge: Judge, jobs: int) -> Iterator[Judged]:
    """What comes of each task, in order."""
    if jobs == 1 or len(tasks) == 1:
        yield from map(judge, tasks)
        return
    left = deque(tasks)
    while left:
        begun: _Begun = deque()
        try:
            with _workers(judge, min(jobs, len(left))) as pool:
                while left or begun:
                    _fill(pool, left, begun, judge, _AHEAD * jobs)
                    judged = _result(*begun[0])
                    begun.popleft()
                    yield judged
        except BrokenProcessPool:
            for task, future in begun:
                yield future.result() if future.done() and not future.exception() else _alone(task, judge)
        except OSError:  # this system has no room for processes, or forbids them
            yield from map(judge, [task for task, _ in begun] + list(left))
            return


def _fill(pool: ProcessPoolExecutor, left: deque[Task], begun: _Begun, judge: Judge, most: int) -> None:
    """Begin as many tasks as may be under way.  Raises ``BrokenProcessPool``, no task lost."""
    while left and len(begun) < most:
        task = left[0]
        future: Future[Judged]
        if task.trouble is not None or task.name == "-":  # workers have no standard input
            future = Future()
            future.set_result(judge(task))
        else:
            future = pool.submit(_work, task)
        begun.append((left.popleft(), future))


def _result(task: Task, future: Future[Judged]) -> Judged:
    """What a worker sent.  Raises ``BrokenProcessPool``; a result that cannot be sent is a bug, listed like others."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        return failed(task, bug(error))


def _alone(task: Task, judge: Judge) -> Judged:
    """Judge in a process of its own; if that dies too, it is this file that kills it."""
    with suppress(BrokenProcessPool), _workers(judge, 1) as pool:
        return _result(task, pool.submit(_work, task))
    return failed(task, _DIED)


@contextmanager
def _workers(judge: Judge, count: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, gone at the end: at once if the run is broken off."""
    import checker.engine
    import checker.read  # noqa: F401 - forked workers then need not load them one by one

    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, multiprocessing.get_context(METHOD), _begin, (judge,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_judge: Judge


def _begin(judge: Judge) -> None:
    """Make a worker ready: a break from the keyboard is the parent's business, and the parent's end is the worker's."""
    global _judge
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collector.search_seldom()  # a spawned worker has it not from its parent
    _judge = judge
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _work(task: Task) -> Judged:
    return _judge(task)
