"""HTML: the main part's text under its headings; menus, scripts and hidden elements gone; markup as broken as it comes."""

import pytest
from made_files import holding, parsed, whole

from ingest.errors import Unreadable
from ingest.formats import html


def texts(body: str, head: str = "") -> list[str]:
    return [block.text for block in html.parse(f"<html><head>{head}</head><body>{body}</body></html>".encode()).blocks]


@pytest.mark.parametrize(
    ("name", "words", "section"),
    [
        ("lesson.en.html", "A launch window opens every 26 months, when Earth and Mars stand well", ("Getting there",)),
        ("lesson.en.html", "called the sky crane. When the wheels touched", ("The landing", "The sky crane")),
        ("lesson.en.html", "about 5.5 × 10⁷ and 4 × 10⁸ kilometres.", ("The rovers compared",)),
        ("lesson.en.html", "Opportunity | 185 kg | 2004\nCuriosity | 899 kg | 2012", ("The rovers compared",)),
        ("lesson.zh.html", "探测器大约要飞行七个月才能到达。每隔二十六个月左右，地球和火星会运行到适合转移的位置", ("前往火星",)),
        ("lesson.zh.html", "主要成分是CO₂，", ("着陆",)),
        ("lesson.zh.html", "- 太阳能电池板，灰尘会慢慢把它盖住。\n- 放射性同位素电源", ("能源与严寒",)),
    ],
)
def test_a_saved_page_s_text_is_found_under_its_headings(name: str, words: str, section: tuple[str, ...]) -> None:
    assert holding(parsed(name), words).section == section


def test_a_saved_page_s_header_and_footer_are_not_read_and_its_title_and_language_are() -> None:
    read = parsed("lesson.en.html")
    assert (read.title, read.language, parsed("lesson.zh.html").title) == ("Rovers on Mars", "en", "火星车")
    assert not {"Harbour School", "Page 4", "font-size"} & {words for words in ("Harbour School", "Page 4", "font-size") if words in whole(read)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("10<sup>6</sup> m", ["10⁶ m"]),
        ("CO<sub>2</sub> and v<sub>max</sub>", ["CO₂ and vₘₐₓ"]),
        ("2<sup>y</sup>, 10<sup>-3 x</sup>", ["2^y, 10^(-3 x)"]),
        ("the 20<sup>th</sup> one<sup>[3]</sup>.", ["the 20th one."]),
        (
            "<math><msup><mi>c</mi><mn>2</mn></msup><mo>=</mo><mfrac><mi>E</mi><mrow><mi>m</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>",
            ["c²=E/(m+1)"],
        ),
        ("<math><semantics><msqrt><mn>2</mn></msqrt><annotation>\\sqrt 2</annotation></semantics></math>", ["√2"]),
        ("<ruby>月<rp>(</rp><rt>yuè</rt><rp>)</rp>球</ruby>", ["月球"]),
        ("one<br>two &amp; &#x4E09;&nbsp;x", ["one\ntwo & 三 x"]),
        ("一个\n   词<b>，\n很长</b>", ["一个词，很长"]),
        ("<p>a <i>b</i>\n c</p>loose<p>d", ["a b c", "loose", "d"]),
        ("<p>A <img alt='rocket on its pad' src='x.png'> stands.", ["A rocket on its pad stands."]),
        ("<ul><li>a<ul><li>b</li></ul>c</li><li><p>d</p></li></ul>", ["- a c\n- b\n- d"]),
        ("<dl><dt>apogee</dt><dd>the farthest point</dd><dt>a</dt><dt>b</dt><dd>both</dd></dl>", ["- apogee: the farthest point\n- a, b: both"]),
        ("<table><caption>T</caption><tr><th>a<th>b<tr><td>1<td>2 <b>x</b></table>", ["T\na | b\n1 | 2 x"]),
        ("<table><tr><td><h2>H</h2><p>framed</p></td><td><ul><li>x</li></ul></td></tr></table>", ["framed", "- x"]),
        ("<pre>a\n  b</pre><figure><figcaption>A caption.</figcaption></figure>", ["a\nb", "A caption."]),
        ("<span><div>in a div in a span</div></span>", ["in a div in a span"]),
        ("&lt;script&gt; <b>unclosed <p>and <table><td>broken", ["<script> unclosed", "and", "broken"]),
        ('A note.<a href="#fn1">1</a> See <a href="#1997">1997</a>.', ["A note. See 1997."]),
    ],
)
def test_markup_becomes_plain_text(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    "unread",
    [
        *(
            "<nav>x</nav>",
            "<header>x</header>",
            "<footer>x</footer>",
            "<aside>x</aside>",
            "<script>x</script>",
            "<style>x</style>",
            "<template>x</template>",
        ),
        *(
            "<noscript>x</noscript>",
            "<form>x<input value=x><button>x</button></form>",
            "<div hidden>x</div>",
            "<p style='color:red; display : none'>x</p>",
        ),
        *(
            "<p aria-hidden=true>x</p>",
            "<div role=navigation><p>x</p></div>",
            "<!-- x -->",
            "<svg><text>x</text></svg>",
            "<iframe src='https://x.example'>x</iframe>",
        ),
    ],
)
def test_what_readers_do_not_read_is_left_out(unread: str) -> None:
    assert texts(f"{unread}<p>kept</p>{unread}") == ["kept"]


def test_the_main_part_is_taken_with_its_own_header() -> None:
    assert texts("<div>menu</div><main><header><h1>Orbits</h1></header><p>They decay.</p></main>") == ["They decay."]
    assert texts("<div>menu</div><article><p>one</p></article><article><p>two</p></article>") == ["one", "two"]
    assert texts("<main></main><p>a page whose main part a script would fill") == ["a page whose main part a script would fill"]
    assert texts("<form><p>A page that is one form.</p></form>") == ["A page that is one form."]


def test_headings_are_sections_and_the_title_is_said_once() -> None:
    read = html.parse(b"<title>Orbits</title><p>Orbits</p><h1>A</h1><h3>B</h3>b<h2>C\n c</h2><p>c</p><h2></h2>d")
    assert [(block.section, block.text) for block in read.blocks] == [(("A", "B"), "b"), (("A", "C c"), "c"), (("A", "C c"), "d")]
    assert read.title == "Orbits"
    assert html.parse(b"<title>Untitled</title><h1>Low orbits</h1>x").title == "Low orbits"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<meta charset="gb2312"><p>航天员乘坐飞船'.encode("gb18030"), "航天员乘坐飞船"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>太空站'.encode("big5"), "太空站"),
        ("<p>航天员乘坐飞船离开地球".encode("gb18030"), "航天员乘坐飞船离开地球"),
        ('<meta charset="gbk"><p>声明有误的页面'.encode(), "声明有误的页面"),
        ('<meta charset="no-such-thing"><p>déjà'.encode(), "déjà"),
        (b'<meta charset="hex"><p>abc', "abc"),
        ('<meta charset="windows-1252"><p>d\xe9j\xe0'.encode("latin-1"), "déjà"),
        ("<p>宇宙很大".encode("utf-16"), "宇宙很大"),
    ],
)
def test_the_page_s_own_encoding_is_honoured(content: bytes, text: str) -> None:
    assert [block.text for block in html.parse(content).blocks] == [text]


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("<html lang=zh-CN><p>火星</p>", "zh"),
        ("<html lang=en><p>火星上的水</p>", None),
        ("<html lang=en-GB><p>Mars</p>", "en"),
        ("<html lang=zh><p>Mars</p>", None),
        ("<html lang=fr><p>Mars</p>", None),
        ("<p>Mars</p>", None),
    ],
)
def test_a_stated_language_counts_unless_the_text_says_otherwise(page: str, language: str | None) -> None:
    assert html.parse(page.encode()).language == language


@pytest.mark.parametrize("content", [b"", b"   ", b"<html><body><script>alert(1)</script></body></html>", b"<title>Only a title</title>"])
def test_a_page_without_text_says_so(content: bytes) -> None:
    with pytest.raises(Unreadable, match="holds no text"):
        html.parse(content)


def test_elements_nested_very_deep_are_read_flat() -> None:
    assert texts("<div>" * 3_000 + "deep" + "</div>" * 3_000) == ["deep"]
    assert texts("<b>" * 3_000 + "deep" + "</b>" * 3_000) == ["deep"]
    assert "deep" in texts("<ul><li>" * 3_000 + "deep")[0]


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    content = b'<?xml version="1.0"?><!DOCTYPE h [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><html><p>x &a; &b;</p></html>'
    assert [block.text for block in html.parse(content).blocks][-1] == "x &a; &b;"
