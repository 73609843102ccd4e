"""The pages through their handlers: submitting, reading, mending, taking away; what goes wrong; who sees what."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from web_kit import DUTY, SEED, SEEDS, fields, finished_desk, upload

from checker.render import RENDERERS

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def submitted(client: TestClient, name: str = "草稿.txt", data: bytes | None = None, **options: str) -> str:
    """The address of the page that a submitted report leads to."""
    answer = client.post("/review", files=upload(name, data), data=options)
    assert answer.status_code == 200, answer.text
    return answer.url.path


def test_a_file_leads_to_its_score_its_verdicts_and_its_marked_text(client: TestClient) -> None:
    page = client.get(submitted(client)).text
    assert "58.7" in page and "不合格 · 未通过" in page
    assert page.count('class="card missing"') == 4 and page.count('class="card met"') == 8
    mark = re.search(r'href="#(e\d+-\d+)"', page)
    assert mark and f'id="{mark[1]}"' in page


def test_pasted_text_is_judged_like_a_file(client: TestClient) -> None:
    answer = client.post("/review", files={"file": ("", b"")}, data={"text": SEED.read_text(encoding="utf-8")})
    assert answer.status_code == 200 and "粘贴的文字" in answer.text and "58.7" in answer.text


def test_a_gbk_file_gives_the_same_score(client: TestClient) -> None:
    data = SEED.read_text(encoding="utf-8").encode("gb18030")
    assert "58.7" in client.get(submitted(client, data=data)).text


def test_the_year_that_the_user_gives_counts(client: TestClient) -> None:
    assert "2021 年度（指定）" in client.get(submitted(client, year="2021")).text


def test_the_kind_of_body_that_the_user_gives_counts(client: TestClient) -> None:
    page = client.get(submitted(client, body="government")).text
    assert "按政府检查（指定）" in page and "最好的 9 项计分" in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"\x7fELF" + b"\x00" * 40, "程序文件"),
        (b"PK\x03\x04 broken", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_above_the_form(client: TestClient, data: bytes, told: str) -> None:
    answer = client.post("/review", files=upload("坏.bin", data))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and told in answer.text and "检查一份报告" in answer.text


def test_nothing_submitted_is_told_and_the_form_keeps_the_year(client: TestClient) -> None:
    answer = client.post("/review", files={"file": ("", b"")}, data={"text": " ", "year": "2023"})
    assert answer.status_code == 422 and "还没有报告" in answer.text and 'value="2023"' in answer.text


def test_a_wrong_year_is_told_and_the_pasted_text_is_kept(client: TestClient) -> None:
    answer = client.post("/review", files={"file": ("", b"")}, data={"text": "独特的一句。", "year": "二〇二三"})
    assert answer.status_code == 422 and "应为四位数的年份" in answer.text and "独特的一句。" in answer.text


def test_text_and_name_are_escaped_wherever_they_stand(client: TestClient) -> None:
    nasty = "<script>alert(1)</script>"
    text = SEED.read_text(encoding="utf-8").replace("一、", f"{nasty}一、", 1)
    page = client.get(submitted(client, f'{nasty}".txt', text.encode())).text
    assert nasty not in page and "&lt;script&gt;" in page


def test_a_mended_text_is_judged_again_and_the_page_tells_what_changed(client: TestClient) -> None:
    place = submitted(client)
    text = SEED.read_text(encoding="utf-8").replace("法制化", "法治化")
    text = text.replace("(二)", f"{DUTY}\n(二)", 1)
    page = client.post(place, files=fields(text=text)).text
    assert "与上一稿相比（第 2 稿）" in page and "↑ 改进" in page and "− 已改" in page
    assert "↓ 退步" not in page and "＋ 新出现" not in page


def test_an_emptied_text_is_refused_and_the_result_stays(client: TestClient) -> None:
    place = submitted(client)
    answer = client.post(place, files=fields(text="  "))
    assert answer.status_code == 422 and "文字是空的" in answer.text
    assert "与上一稿相比" not in client.get(place).text


def test_every_registered_format_can_be_downloaded_or_says_what_is_missing(client: TestClient) -> None:
    place = submitted(client, "年度报告 1.txt")
    for name, renderer in RENDERERS.items():
        answer = client.get(f"{place}/download/{name}")
        if answer.status_code == 422:
            assert "另装组件" in answer.text
            continue
        assert answer.status_code == 200 and answer.content
        told = answer.headers["content-disposition"]
        assert told.startswith("attachment;") and "%E6%8A%A5%E5%91%8A%201-" in told
        assert answer.headers["content-type"] or renderer.binary


def test_a_corrected_word_document_has_tracked_changes(client: TestClient) -> None:
    """Text is set anew in Word; what has one right form is put in, to accept or reject."""
    pytest.importorskip("docx")
    text = SEED.read_text(encoding="utf-8")
    place = submitted(client, "年度报告 1.txt", text.replace("法治政府", "法制政府", 3).encode())
    assert "改正稿（Word 修订" in client.get(place).text
    answer = client.get(f"{place}/corrected")
    assert answer.status_code == 200
    assert "%E6%94%B9%E6%AD%A3%E7%A8%BF.docx" in answer.headers["content-disposition"]
    told = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "<w:del " in told and "<w:ins " in told and "法制" in told
    again = client.get(f"{submitted(client, '改正稿.docx', answer.content)}/download/json").json()
    assert not [item for item in again["reports"][0]["findings"] if item["id"] == "terminology" and item["fixed"]]


def test_a_corrected_word_document_is_the_one_that_was_sent(client: TestClient) -> None:
    document = pytest.importorskip("docx").Document()
    for line in ("甲县水利局2024年法治政府建设情况报告", "一、工作情况", "加快建设法制政府，办理许可12件。"):
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = "附表原样"
    document.save(sent := io.BytesIO())
    answer = client.get(f"{submitted(client, '报告.docx', sent.getvalue())}/corrected")
    told = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "<w:tbl>" in told and "附表原样" in told and "<w:del " in told and "<w:ins " in told


def test_a_report_with_nothing_to_correct_offers_no_corrected_document(client: TestClient) -> None:
    place = submitted(client, data="甲县水利局2024年法治政府建设情况报告\n一、工作情况\n办理许可12件。\n".encode())
    assert "改正稿" not in client.get(place).text
    answer = client.get(f"{place}/corrected")
    assert answer.status_code == 422 and "没有可以自动改正的地方" in answer.text


def test_a_format_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get(f"{submitted(client)}/download/exe").status_code == 404


def test_another_visitor_cannot_open_a_result_by_its_address(client: TestClient) -> None:
    place = submitted(client)
    client.cookies.clear()
    for address in (place, f"{place}/download/json", f"{place}/corrected"):
        answer = client.get(address)
        assert answer.status_code == 404 and "没有这份结果" in answer.text
    assert client.post(place, files=fields(text="别人的文字")).status_code == 404
    assert client.get("/review/" + "A" * 24).status_code == 404


def test_another_visitor_with_a_session_of_his_own_cannot_either(client: TestClient) -> None:
    place = submitted(client)
    client.cookies.clear()
    submitted(client, "另一份.txt")
    assert client.get(place).status_code == 404
    assert "草稿.txt" not in client.get("/").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    answer = client.post("/review", files=upload(), follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303 and "httponly" in cookie and "samesite=strict" in cookie


def test_clearing_forgets_everything(client: TestClient) -> None:
    place = submitted(client)
    assert "草稿.txt" in client.get("/").text
    client.post("/clear")
    assert "草稿.txt" not in client.get("/").text and client.get(place).status_code == 404


def test_unknown_addresses_and_methods_get_a_page_in_chinese(client: TestClient) -> None:
    missing, wrong = client.get("/nothing"), client.put("/desk")
    assert missing.status_code == 404 and "没有这个页面" in missing.text
    assert wrong.status_code == 405 and "不支持这种请求方法" in wrong.text and "GET" in wrong.headers["allow"]


def test_rules_are_listed_and_each_is_explained(client: TestClient) -> None:
    listed = client.get("/rules").text
    places = re.findall(r'href="(/rules/[a-z-]+\?pack=law-gov)"', listed)
    assert len(places) == len(client.get("/api/v1/rules").json()["rules"])
    for place in places:
        page = client.get(place)
        assert page.status_code == 200 and "依据" in page.text
    assert client.get("/rules/nothing").status_code == 404
    assert client.get("/rules?pack=nothing").status_code == 404


# The desk


def test_the_desk_shows_every_report_sorted_filtered_and_linked(client: TestClient) -> None:
    files = [("file", (path.name, path.read_bytes())) for path in SEEDS] + [("file", ("坏.bin", b"\x7fELF"))]
    place = finished_desk(client, client.post("/desk", files=files))
    page = client.get(place).text
    assert "汇总：6 份报告" in page and "未能检查" in page and "程序文件" in page
    scores = re.findall(r'<td class="score">([\d.]+)</td>', client.get(f"{place}?sort=score&dir=desc").text)
    assert [float(s) for s in scores] == sorted(map(float, scores), reverse=True) and len(scores) == 5
    failed = client.get(f"{place}?show=failed").text
    assert 0 < failed.count("/review/") < 5
    assert client.get(f"{place}?q=宁波").text.count("/review/") == 1
    assert "没有符合条件的报告" in client.get(f"{place}?q=不存在的机关").text
    review = re.search(r"/review/[\w-]+", page)
    assert review and "回到汇总表" in client.get(review[0]).text
    exported = client.get(f"{place}/download/json").json()
    assert len(exported["reports"]) == 5 and len(exported["errors"]) == 1


def test_a_zip_with_gbk_names_is_unpacked_and_its_litter_left_out(client: TestClient) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x/0.txt"), SEED.read_bytes())
        archive.writestr("__MACOSX/x/._0.txt", b"litter")
        archive.writestr("x/.DS_Store", b"litter")
    name = "甲局.txt".encode("gbk")
    data = box.getvalue().replace(b"x/0.txt", b"x/0.tx" + b"t")
    assert name not in data
    page = client.get(finished_desk(client, client.post("/desk", files={"file": ("报送.zip", data)}))).text
    assert "汇总：1 份报告" in page and "0.txt" in page


def test_documents_of_a_zip_keep_the_folders_that_tell_whose_they_are(client: TestClient) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name in ("甲局/报告.txt", "乙局/报告.txt", "../../丙局/报告.txt", "丁局/报告.docx"):
            archive.writestr(name, SEED.read_bytes() if name.endswith("txt") else b"broken")
    place = finished_desk(client, client.post("/desk", files={"file": ("报送.zip", box.getvalue())}))
    exported = client.get(f"{place}/download/json").json()
    names = {one["file"] for one in exported["reports"] + exported["errors"]}
    assert names == {"甲局/报告.txt", "乙局/报告.txt", "丙局/报告.txt", "丁局/报告.docx"}
    review = re.findall(r'href="(/review/[^"]+)"[^>]*>甲局/报告.txt', client.get(place).text)
    told = client.get(f"{review[0]}/download/json").headers["content-disposition"]
    assert unquote(told).endswith("''报告-检查结果.json")


def test_a_broken_zip_is_told_in_its_row(client: TestClient) -> None:
    page = client.get(finished_desk(client, client.post("/desk", files={"file": ("坏.zip", b"PK\x03\x04 no")}))).text
    assert "汇总：1 份报告" in page and "未能检查：" in page


def test_a_desk_gives_the_corrected_reports_in_one_zip_file(client: TestClient) -> None:
    """Those alone in which something can be corrected, in their folders, told apart where two are called the same."""
    pytest.importorskip("docx")
    wrong = SEED.read_text(encoding="utf-8").replace("法治政府", "法制政府", 2).encode()
    fine = "甲县水利局2024年法治政府建设情况报告\n一、工作情况\n办理许可12件。\n".encode()
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name in ("甲/报告.txt", "甲/报告.md", "乙/报告.txt"):
            archive.writestr(name, wrong)
        archive.writestr("丙/报告.txt", fine)
    place = finished_desk(client, client.post("/desk", files=upload("报送.zip", box.getvalue())))
    assert "改正稿（Word 修订，3 份有唯一改法）" in client.get(place).text
    answer = client.get(f"{place}/corrected")
    assert answer.status_code == 200 and unquote(answer.headers["content-disposition"]).endswith("''汇总-改正稿.zip")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    assert packed.namelist() == ["甲/报告-改正稿.docx", "甲/报告-改正稿（2）.docx", "乙/报告-改正稿.docx"]
    for name in packed.namelist():
        document = zipfile.ZipFile(io.BytesIO(packed.read(name))).read("word/document.xml").decode()
        assert "<w:del " in document and "<w:ins " in document


def test_a_desk_with_nothing_to_correct_says_so(client: TestClient) -> None:
    fine = "甲县水利局2024年法治政府建设情况报告\n一、工作情况\n办理许可12件。\n".encode()
    place = finished_desk(client, client.post("/desk", files=upload("乙.txt", fine)))
    assert "改正稿" not in client.get(place).text
    answer = client.get(f"{place}/corrected")
    assert answer.status_code == 422 and "没有可以自动改正的地方" in answer.text


def test_an_empty_desk_is_told(client: TestClient) -> None:
    answer = client.post("/desk", files={"file": ("", b"")})
    assert answer.status_code == 422 and "还没有报告" in answer.text


def test_another_visitor_cannot_open_a_desk(client: TestClient) -> None:
    place = finished_desk(client, client.post("/desk", files=upload()))
    client.cookies.clear()
    for address in (place, f"{place}/status", f"{place}/download/json", f"{place}/corrected"):
        assert client.get(address).status_code == 404


def test_last_years_report_is_set_beside(client: TestClient) -> None:
    last = SEED.read_bytes().decode().replace("2023", "2022").replace("2024", "2023")
    files = {**upload(), "previous": ("去年.txt", last.encode())}
    page = client.post("/review", files=files).text
    assert "与上年度报告比对" in page and "上年度的安排" in page and "与上年度相同的段落" in page


def test_a_broken_report_of_last_year_is_named_as_such(client: TestClient) -> None:
    files = {**upload(), "previous": ("去年.bin", b"\x7fELF")}
    answer = client.post("/review", files=files)
    assert answer.status_code == 422 and "上一年度的报告：" in answer.text
