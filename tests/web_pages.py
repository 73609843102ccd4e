"""Pages as government sites lay them out: a content system's article page, an old page of nested tables, Word's HTML."""

from __future__ import annotations

from html import escape

_NAV = "".join(
    f'<li><a href="/">{name}</a></li>' for name in ["首页", "政务公开", "政务服务", "互动交流", "走进我市", "专题专栏"]
)
_FOOT = """<div class="wrap-bottom"><p>主办单位：某市人民政府办公室　承办单位：某市大数据中心</p>
<p>网站标识码：3300000001　备案号：某ICP备00000000号，某公网安备00000000000000号</p>
<p>建议使用1366*768分辨率，IE9以上版本浏览器，欢迎提出宝贵意见。</p></div>"""
_OTHERS = "".join(
    f'<li><a href="#">某市{year}年度工作情况的报告，请点击查看全文</a><span>{year}-01-31</span></li>'
    for year in range(2015, 2023)
)


def _lines(text: str) -> list[str]:
    return [escape(line.strip()) for line in text.splitlines() if line.strip()]


def government_page(title: str, text: str) -> bytes:
    """An article page: the title stands outside the element that holds the text."""
    body = "\n".join(f'<p style="text-indent: 2em;">　　{line}</p>' for line in _lines(text))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{escape(title)}"/>
<title>{escape(title)}_某市人民政府</title><script>var a = "<p>不是正文。</p>";</script><style>p {{}}</style></head>
<body><div class="top"><ul class="nav">{_NAV}</ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a></div>
<div class="main"><div class="article"><h1>{escape(title)}</h1>
<div class="info"><span>发布时间：2024-01-31 10:00</span><span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="view"><div class="TRS_Editor" id="zoom">{body}</div></div>
<div class="share"><span>分享到：</span><a>微信</a></div>
<div class="bottom"><a href="javascript:window.print()">【打印本页】</a><a>【关闭窗口】</a></div></div>
<div class="side"><h3>相关文章</h3><ul>{_OTHERS}</ul></div></div>{_FOOT}</body></html>""".encode()


def old_page(title: str, text: str) -> bytes:
    """A page of nested tables whose paragraphs are broken lines, in GBK that calls itself GB2312."""
    cells = "".join(f"<td><a>{name}</a></td>" for name in ["首页", "机构", "公开", "服务"])
    body = "<br/>&nbsp;&nbsp;&nbsp;&nbsp;".join(_lines(text))
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{escape(title)}-某市司法局</title></head>
<body><form id="form1"><table width="1000"><tr><td><table><tr>{cells}</tr></table></td></tr>
<tr><td><table width="100%"><tr><td align="center" class="bt1">{escape(title)}</td></tr>
<tr><td>日期：2024-02-01 浏览次数：23</td></tr><tr><td id="zoomcon"><div id="UCAP-CONTENT">{body}</div></td></tr>
<tr><td>附件：<a href="a.doc">附件一.doc</a></td></tr><tr><td><a>打印</a> <a>关闭</a></td></tr></table></td></tr>
<tr><td>{_FOOT}</td></tr></table></form></body></html>""".encode("gb18030")


def saved_by_word(title: str, text: str) -> bytes:
    """What Word saves as a web page: a paragraph cut into spans, its source broken into lines."""
    body = "".join(
        f'<p class=MsoNormal><span style="font-size:16pt">{line[:9]}</span><span\r\nlang=EN-US>{line[9:]}<o:p></o:p></span></p>\r\n'
        for line in _lines(f"{title}\n{text}")
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="gbk"><title>{escape(title)}</title>
<style><!-- p.MsoNormal {{}} --></style></head><body lang=ZH-CN><div class=WordSection1>{body}</div></body></html>""".encode(
        "gb18030"
    )
