"""Who may ask, how much, and what a stranger never gets: headers, hosts, origins, bounds, time, silence."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from web_kit import SEED, SEEDS, finished_desk, upload

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SCORE = "/api/v1/score"
Serve = Callable[..., "AbstractContextManager[TestClient]"]


@pytest.mark.parametrize("path", ["/", "/desk", "/rules", "/nothing", "/api/v1/healthz", "/static/style.css"])
def test_every_answer_carries_the_strict_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert "server" not in headers


def test_pages_hold_no_inline_script_style_or_foreign_address(client: TestClient) -> None:
    place = client.post("/review", files=upload()).url.path
    for path in ("/", place, "/desk", "/rules", "/rules/plan-year"):
        page = client.get(path).text
        assert page.count("<script") == page.count('<script src="/static/app.js"') == 1
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        assert "http://" not in page and "https://" not in page


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "", "[::1", "a:b:c"])
def test_a_strange_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/api/v1/healthz", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_the_names_of_this_machine_are_known(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_beyond_loopback_bare_addresses_and_named_hosts_are_known() -> None:
    from checker.web.guard import Hosts

    hosts = Hosts("0.0.0.0", ["fz.gov.internal"])
    assert all(hosts.allow(name) for name in ("192.168.1.9:8000", "[fe80::1]:80", "fz.gov.internal", "localhost"))
    assert not any(hosts.allow(name) for name in ("evil.example", "", None, "fz.gov.internal.evil.example"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "https://127.0.0.1:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8000"},
    ],
)
@pytest.mark.parametrize("path", ["/review", "/desk", "/clear", SCORE])
def test_a_form_of_another_site_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, files=upload(), headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
    ],
)
def test_our_own_forms_and_programs_are_let_in(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(SCORE, files=upload(), headers=headers).status_code == 200


def test_too_much_is_refused_before_it_is_read(serve: Serve) -> None:
    from checker.web.limits import Limits

    with serve(Limits(body=50_000, file=20_000, files=3, unpacked=40_000)) as client:
        told = client.post(SCORE, content=b"x", headers={"content-type": "text/plain", "content-length": "60000"})
        assert told.status_code == 413 and "过大" in told.json()["detail"]
        page = client.post("/review", files=upload(data=b"x" * 60_000))
        assert page.status_code == 413 and "过大" in page.text

        def stream() -> object:
            yield from (b"x" * 10_000 for _ in range(9))

        assert client.post(SCORE, content=stream(), headers={"content-type": "text/plain"}).status_code == 413
        assert client.post(SCORE, files=upload(data=b"x" * 30_000)).status_code == 413
        many = [("file", (f"{n}.txt", b"x")) for n in range(4)]
        assert client.post(SCORE, files=many).status_code == 413
        page = client.post("/desk", files=many)
        assert page.status_code == 413 and "最多提交 3 份" in page.text


def test_a_zip_that_unpacks_to_too_much_is_refused(serve: Serve) -> None:
    import io
    import zipfile

    from checker.web.limits import Limits

    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", b"\n" * 90_000)
    with serve(Limits(unpacked=200_000)) as client:
        answer = client.post("/desk", files={"file": ("弹.zip", box.getvalue())})
        assert answer.status_code == 413 and "解压后的内容过大" in answer.text


def test_a_judgement_that_takes_too_long_is_ended_and_the_next_one_goes_on(serve: Serve) -> None:
    from checker.web.limits import Limits

    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS) * 60
    with serve(Limits(seconds=0.5)) as client:
        answer = client.post(SCORE, json={"text": text})
        assert answer.status_code == 503 and "已停止" in answer.json()["detail"] and answer.headers["retry-after"]
        assert client.post(SCORE, files=upload()).status_code == 200


def test_others_are_answered_while_a_long_text_is_judged(client: TestClient) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS) * 104
    assert len(text.encode()) > 5_000_000
    outcome: list[int] = []
    thread = threading.Thread(target=lambda: outcome.append(client.post(SCORE, json={"text": text}).status_code))
    thread.start()
    time.sleep(0.3)
    waits = []
    while thread.is_alive() and len(waits) < 20:
        start = time.perf_counter()
        assert client.get("/api/v1/healthz").status_code == 200
        assert client.post(SCORE, files=upload()).status_code == 200
        waits.append(time.perf_counter() - start)
        time.sleep(0.05)
    thread.join(120)
    assert outcome == [200] and len(waits) >= 5
    assert sorted(waits)[len(waits) // 2] < 2


def test_when_all_are_busy_the_next_is_told_to_come_back(serve: Serve) -> None:
    from checker.web.limits import Limits

    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS) * 40
    with serve(Limits(waiting=1, patience=0.2)) as client:
        assert client.post(SCORE, files=upload()).status_code == 200  # the worker is ready
        thread = threading.Thread(target=lambda: client.post(SCORE, json={"text": text}))
        thread.start()
        time.sleep(0.4)
        answer = client.post(SCORE, files=upload())
        thread.join(60)
    assert answer.status_code == 503 and "稍候" in answer.json()["detail"]


def test_nothing_of_a_report_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture, capfd: object) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/review", files=upload("机密名称.txt", "绝密内容。".encode() + SEED.read_bytes()))
        client.post("/review", files=upload("机密名称.bin", b"\x7fELF"))
    out, err = capfd.readouterr()  # type: ignore[attr-defined]
    assert not any("机密" in text or "绝密" in text for text in (caplog.text, out, err))


def test_a_bug_is_told_without_its_text_and_logged_by_its_place(
    serve: Serve, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.web import pages

    def broken(*_: object) -> object:
        raise ValueError("机密的一句话")

    monkeypatch.setattr(pages, "review_view", broken)
    with serve() as client:
        answer = client.post("/review", files=upload())
    assert answer.status_code == 500 and "程序内部出错" in answer.text and "机密" not in answer.text
    assert "ValueError" in caplog.text and "test_safety.py" in caplog.text and "机密" not in caplog.text
    assert answer.headers["content-security-policy"]


def test_sessions_end_when_unused_and_the_oldest_makes_room() -> None:
    from checker.engine import check
    from checker.models.document import RawReport
    from checker.packs import load_pack
    from checker.web.limits import Limits
    from checker.web.sessions import Review, Sessions
    from checker.web.work import Options

    now = [0.0]
    limits = Limits(sessions=2, idle=100.0, stored=260_000)
    sessions = Sessions(limits, lambda: now[0])
    result = check(RawReport("a", "字" * 10_000), load_pack("law-gov"))
    first = sessions.find_or_open(None)
    sessions.keep(first, Review(Options("law-gov"), result))
    now[0] = 50
    second = sessions.find_or_open("unknown")
    assert second.token not in (first.token, "unknown")
    third = sessions.find_or_open(None)
    assert sessions.find(first.token) is None  # only two may be open
    for _ in range(5):
        sessions.keep(third, Review(Options("law-gov"), result))
    assert len(third.reviews) == 2 and third.size <= limits.stored
    assert sessions.find(second.token) is None  # it made room
    now[0] = 151
    assert sessions.find(third.token) is None
    with pytest.raises(Exception, match="已清除"):
        sessions.keep(third, Review(Options("law-gov"), result))
    small = Sessions(replace(limits, stored=10))
    with pytest.raises(Exception, match="内存不够"):
        small.keep(small.find_or_open(None), Review(Options("law-gov"), result))


def test_a_desk_of_a_session_that_was_cleared_ends_quietly(client: TestClient) -> None:
    files = [("file", (path.name, path.read_bytes())) for path in SEEDS]
    client.post("/desk", files=files)
    client.post("/clear")
    assert client.get("/desk").status_code == 200
    finished_desk(client, client.post("/desk", files=upload()))
