"""A server's application for handler tests, and a real server for browsers; both judge in worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest
from web_kit import ROOT

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from checker.web.limits import Limits

NAME = "127.0.0.1:8000"


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[TestClient]]:
    """Makes servers to test by their handlers: ``with serve(limits) as client``."""
    pytest.importorskip("uvicorn", reason="the extra “web” is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer Starlette would rather have httpx2, older ones know httpx alone
        testclient = pytest.importorskip("starlette.testclient", reason="no httpx for Starlette's test client")
    from checker.web.app import USUAL, make_app
    from checker.web.guard import Hosts

    @contextmanager
    def start(limits: Limits = USUAL, workers: int = 1) -> Iterator[TestClient]:
        app = make_app(["law-gov"], Hosts("127.0.0.1"), workers, limits)
        with testclient.TestClient(app, base_url=f"http://{NAME}", raise_server_exceptions=False) as client:
            yield client

    return start


@pytest.fixture(scope="session")
def server_client(serve: Callable[..., AbstractContextManager[TestClient]]) -> Iterator[TestClient]:
    with serve(workers=2) as client:
        yield client


@pytest.fixture
def client(server_client: TestClient) -> Iterator[TestClient]:
    """A visitor who comes for the first time."""
    server_client.cookies.clear()
    yield server_client
    server_client.cookies.clear()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of ``checker serve`` in a process of its own."""
    command = [sys.executable, "-m", "checker", "serve", "--port", "0", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True, encoding="utf-8")
    assert server.stdout is not None
    line = server.stdout.readline()
    yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
    server.terminate()
    server.wait(20)
    server.stdout.close()
