"""Lets a reader that takes long say how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LISTENER: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


def tell(message: str) -> None:
    """Say how far reading is, to whoever listens; an empty message when it is done."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(message)


@contextmanager
def listening(listener: Callable[[str], None] | None) -> Iterator[None]:
    """Within the block, what readers tell goes to ``listener``."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
