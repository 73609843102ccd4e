"""Worker processes: judging never runs on the event loop, one request does not block another, and what takes too long
is ended with its process."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from checker import collector
from checker.errors import CheckerError
from checker.web.guard import log, where
from checker.web.limits import Limits
from checker.web.problems import RequestError, busy

START = 120.0  # seconds for a worker to load its packs
_SPAWN = multiprocessing.get_context("spawn")
DONE, REFUSED, FAILED = "done", "refused", "failed"


class TooLongError(Exception):
    """A task that did not end in its time; its worker is no more."""


class Worker:
    """One process that does one task at a time; started when it is made, ready some time after."""

    def __init__(self, packs: Sequence[str]) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, list(packs)), daemon=True)
        with _ctrl_c_waits():
            self._process.start()
        theirs.close()
        self._ready = False

    def do(self, task: str, args: tuple[Any, ...], seconds: float) -> Any:
        """The outcome of a task.

        Raises ``CheckerError`` for what the user can mend, ``TooLongError``, ``EOFError`` or ``OSError`` if the process has
        died, ``RuntimeError`` for a bug, with its place.
        """
        if not self._ready:
            self._receive(START)
            self._ready = True
        self._pipe.send((task, args))
        how, outcome = self._receive(seconds)
        if how == REFUSED:
            raise CheckerError(outcome)
        if how == FAILED:
            raise RuntimeError(outcome)
        return outcome

    def _receive(self, seconds: float) -> Any:
        if not self._pipe.poll(seconds):
            raise TooLongError
        return self._pipe.recv()

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


class Workers:
    """A fixed number of workers; tasks wait for a free one, and only so many of them and only so long."""

    def __init__(self, packs: Sequence[str], count: int, limits: Limits) -> None:
        self._packs, self._count, self._limits = packs, count, limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._threads = ThreadPoolExecutor(count, "worker")
        self._waiting = 0

    @property
    def count(self) -> int:
        """How many tasks run at once."""
        return self._count

    def start(self) -> None:
        """Start the processes; they load the packs while the server already answers."""
        for _ in range(self._count):
            self._add(Worker(self._packs))

    def close(self) -> None:
        """End all processes, with whatever they are doing."""
        for worker in list(self._all):
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def do(self, task: str, *args: Any, wait: bool = False) -> Any:
        """The outcome of a task of ``work.TASKS``; ``wait`` for as long as it takes to get a worker.

        Raises ``CheckerError`` for what the user can mend, ``RequestError`` 503 if all are busy or the time is over.
        """
        worker = await self._take(wait)
        running = asyncio.create_task(self._run(worker, task, args))
        self._tasks.add(running)  # a visitor who goes away must not take the worker along
        running.add_done_callback(self._tasks.discard)
        return await asyncio.shield(running)

    async def _take(self, wait: bool) -> Worker:
        if wait:
            return await self._idle.get()
        if self._waiting >= self._limits.waiting:
            raise busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                return await self._idle.get()
        except TimeoutError:
            raise busy() from None
        finally:
            self._waiting -= 1

    async def _run(self, worker: Worker, task: str, args: tuple[Any, ...]) -> Any:
        loop = asyncio.get_running_loop()
        try:
            outcome = await loop.run_in_executor(self._threads, worker.do, task, args, self._limits.seconds)
        except CheckerError:
            self._idle.put_nowait(worker)
            raise
        except RuntimeError as error:
            self._idle.put_nowait(worker)
            log.error("%s", error)
            raise RequestError(
                500, "检查时程序内部出错，这份文件没有检查；已在服务端记下出错的位置，请告诉维护者。"
            ) from None
        except (TooLongError, EOFError, OSError) as error:
            await self._replace(worker)
            if isinstance(error, TooLongError):
                raise busy(f"检查超过 {self._limits.seconds:g} 秒，已停止。文件可能过大，请拆分后再试。") from None
            raise busy("检查进程意外退出，请再试一次；如果总是这样，文件可能过大。") from None
        self._idle.put_nowait(worker)
        return outcome

    async def _replace(self, worker: Worker) -> None:
        self._all.discard(worker)
        await asyncio.to_thread(worker.end)
        self._add(await asyncio.to_thread(Worker, self._packs))

    def _add(self, worker: Worker) -> None:
        self._all.add(worker)
        self._idle.put_nowait(worker)


@contextlib.contextmanager
def _ctrl_c_waits() -> Any:
    """A process started meanwhile never sees Ctrl-C: the server ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started by the first worker, it would lift the block before that worker is there.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, packs: list[str]) -> None:
    """The worker's life: load the packs, then task after task until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collector.search_seldom()
    from checker.web import work

    work.warm(packs)
    collector.spare_what_is_there()
    with contextlib.suppress(EOFError, OSError):
        pipe.send((DONE, None))
        while True:
            task, args = pipe.recv()
            pipe.send(_outcome(work.TASKS[task], args))


def _outcome(task: Any, args: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return DONE, task(*args)
    except CheckerError as error:
        return REFUSED, str(error)
    except Exception as error:  # a bug must not end the worker; its message may hold the report's text
        return FAILED, where(error)
