"""The HTTP API: the JSON contract, every refusal as problem+json in Chinese, the interface's description."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from web_kit import SEED, SEEDS, upload

from checker.engine import check
from checker.read import read_report

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from checker.compiled import CompiledPack

SCORE = "/api/v1/score"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def problem(answer: Any, status: int) -> str:
    """The detail of a refusal, which must be a proper problem document in Chinese."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status and told["type"] == "about:blank" and CHINESE.search(told["title"])
    assert CHINESE.search(told["detail"]) and "Traceback" not in told["detail"]
    return str(told["detail"])


def test_a_file_gives_what_the_engine_gives(client: TestClient, pack: CompiledPack) -> None:
    answer = client.post(SCORE, files=upload("x/报告.txt"))
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    (report,) = answer.json()["reports"]
    expected = check(read_report(SEED, "报告.txt"), pack)
    assert report == json.loads(expected.model_dump_json())


def test_text_as_json_as_plain_text_and_as_a_file_give_the_same(client: TestClient) -> None:
    text = SEED.read_bytes().decode()
    answers = [
        client.post(SCORE, files=upload("a.txt")),
        client.post(SCORE, json={"text": text, "name": "a.txt"}),
        client.post(f"{SCORE}?name=a.txt", content=text.encode(), headers={"content-type": "text/plain"}),
        client.post(
            f"{SCORE}?name=a.txt", content=text.encode("gb18030"), headers={"content-type": "text/plain; charset=gbk"}
        ),
    ]
    assert [answer.json() for answer in answers] == [answers[0].json()] * 4


def test_line_ends_stand_as_they_were_sent(client: TestClient) -> None:
    text = SEED.read_text(encoding="utf-8").replace("\n", "\r\n")
    report = client.post(SCORE, json={"text": text}).json()["reports"][0]
    places = [place for element in report["elements"] for place in element["evidence"]] + report["findings"]
    assert places and all(text[place["start"] : place["end"]] == place["text"] for place in places)


def test_several_files_are_judged_together_and_a_bad_one_is_listed(client: TestClient) -> None:
    files = [("file", (path.name, path.read_bytes())) for path in SEEDS] + [("file", ("坏.bin", b"\x7fELF"))]
    result = client.post(SCORE, files=files).json()
    assert [report["file"] for report in result["reports"]] == [path.name for path in SEEDS]
    assert [error["file"] for error in result["errors"]] == ["坏.bin"]


@pytest.mark.parametrize("how", ["form", "json", "query"])
def test_options_count_wherever_they_stand(client: TestClient, how: str) -> None:
    if how == "form":
        answer = client.post(SCORE, files=upload(), data={"year": "2021"})
    elif how == "json":
        answer = client.post(SCORE, json={"text": SEED.read_text(encoding="utf-8"), "options": {"year": 2021}})
    else:
        answer = client.post(f"{SCORE}?year=2021", files=upload())
    assert answer.json()["reports"][0]["report_year"] == 2021


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "JSON"),
        ({"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 400, "JSON"),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400, "JSON"),
        ({"json": []}, 422, "JSON 对象"),
        ({"json": {}}, 422, "text：缺少"),
        ({"json": {"text": 5}}, 422, "text：应为文字"),
        ({"json": {"text": "字", "txet": "字"}}, 422, "txet：不认识"),
        ({"json": {"text": "字", "options": {"year": 99}}}, 422, "options.year"),
        ({"json": {"text": "字", "options": {"pack": "../x"}}}, 422, "没有名为"),
        ({"json": {"text": " \n"}}, 422, "空"),
        ({"content": b"x", "headers": {"content-type": "application/pdf"}}, 415, "multipart/form-data"),
        ({"content": b"x"}, 415, "text/plain"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400, "表单"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=a; charset=zip"}}, 400, "表单"),
        ({"data": {"year": "2020"}, "files": {"other": b"x"}}, 422, "没有收到文件"),
        ({"files": {"file": ("a", b"\x7fELF")}}, 422, "程序文件"),
        ({"files": {"file": ("a", b"ok")}, "data": {"year": "20x4"}}, 422, "四位数"),
        ({"files": {"file": ("a", b"ok")}, "data": {"body": "army"}}, 422, "机关"),
        ({"files": {"file": ("a", b"ok")}, "headers": {"accept": "text/html"}}, 406, "application/json"),
        ({"files": {"file": ("a", b"ok")}, "headers": {"accept": "application/json;q=0"}}, 406, "application/json"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: TestClient, sent: dict[str, Any], status: int, told: str) -> None:
    assert told in problem(client.post(SCORE, **sent), status)


def test_files_that_all_fail_are_named_with_their_reasons(client: TestClient) -> None:
    files = [("file", ("甲.bin", b"\x7fELF")), ("file", ("乙.txt", b""))]
    answer = client.post(SCORE, files=files)
    assert "2 份" in problem(answer, 422)
    assert [error["file"] for error in answer.json()["errors"]] == ["甲.bin", "乙.txt"]


def test_addresses_and_methods_that_do_not_exist(client: TestClient) -> None:
    problem(client.get("/api/v1/nothing"), 404)
    problem(client.get("/api/v1/rules/nothing"), 404)
    problem(client.get("/api/v1/rules?pack=nothing"), 404)
    answer = client.get(SCORE)
    problem(answer, 405)
    assert answer.headers["allow"] == "POST"


def test_rules_and_health(client: TestClient) -> None:
    listed = client.get("/api/v1/rules").json()
    assert listed["pack"]["id"] == "law-gov" and listed["packs"] == [listed["pack"]]
    for line in listed["rules"]:
        rule = client.get(f"/api/v1/rules/{line['id']}").json()
        assert rule["id"] == line["id"] and rule["basis"] and rule["advice"]
    assert client.get("/api/v1/healthz").json()["status"] == "ok"


def test_answers_are_as_the_openapi_document_says(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1") and document == client.get("/api/v1/openapi.json").json()

    def conforms(answer: Any, method: str, path: str) -> None:
        told = document["paths"][path][method]["responses"][str(answer.status_code)]["content"]
        schema = told[answer.headers["content-type"]]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": document["components"]})

    conforms(client.post(SCORE, files=upload()), "post", "/score")
    conforms(client.post(SCORE, json={}), "post", "/score")
    conforms(client.get("/api/v1/rules"), "get", "/rules")
    conforms(client.get("/api/v1/rules/plan-year"), "get", "/rules/{id}")
    conforms(client.get("/api/v1/rules/first-responsible"), "get", "/rules/{id}")
    conforms(client.get("/api/v1/rules/nothing"), "get", "/rules/{id}")
    conforms(client.get("/api/v1/healthz"), "get", "/healthz")
