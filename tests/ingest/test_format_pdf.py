"""PDFs: pages, paragraphs and headings rebuilt; headers and footers gone; what cannot be read says what to do."""

import pytest
from made_files import content, holding, parsed, whole

from ingest.errors import Unreadable
from ingest.formats import pdf
from ingest.formats.layout import Bookmark, Paragraph, blocks, paragraphs
from ingest.formats.lines import Glyph, Line, lines


@pytest.mark.parametrize(
    ("name", "words", "page", "section"),
    [
        ("lesson.en.pdf", "it must find safe paths between the rocks by itself.", 1, ("Rovers on Mars", "Getting there")),
        ("lesson.en.pdf", "It is made mostly of CO₂, and its pressure", 2, ("Rovers on Mars", "The landing")),
        (
            "lesson.en.pdf",
            "three nylon cords from a hovering rocket stage called the sky crane.",
            2,
            ("Rovers on Mars", "The landing", "The sky crane"),
        ),
        ("lesson.en.pdf", "Rover | Mass | Landed\nSojourner | 11 kg | 1997\n", 3, ("Rovers on Mars", "The rovers compared")),
        ("lesson.en.pdf", "about 5.5 × 10⁷ and 4 × 10⁸ kilometres.", 3, ("Rovers on Mars", "The rovers compared")),
        ("lesson.en.pdf", "- A radioisotope generator, which turns the heat of plutonium into electricity.", 4, ("Rovers on Mars", "Power and cold")),
        ("lesson.zh.pdf", "火星与地球的平均距离约为2.25亿千米，探测器大约要飞行七个月才能到达。", 1, ("火星车", "前往火星")),
        ("lesson.zh.pdf", "好奇号和毅力号由悬停的火箭级用三根尼龙绳放到地面", 2, ("火星车", "着陆", "空中吊车")),
        ("lesson.zh.pdf", "祝融号 | 240千克 | 2021年", 3, ("火星车", "几辆火星车的比较")),
        ("lesson.zh.pdf", "2018年6月，一场沙尘暴遮蔽了整个天空，机遇号的电池在严寒中耗尽", 4, ("火星车", "能源与严寒")),
        (
            "page.en.print.pdf",
            "without it, the breathed-out gas would gather there as a bubble.",
            2,
            ("Living on a space station", "Sleeping and eating"),
        ),
        ("page.en.print.pdf", "Astronauts sleep in bags", 2, ("Living on a space station", "Sleeping and eating")),
        ("page.en.print.pdf", "at 2.8 × 10⁴ kilometres an hour; everything", 3, ("Living on a space station", "Keeping fit")),
        ("page.zh.print.pdf", "因为没有固定的东西都会飘走。", 2, ("空间站里的生活", "睡觉和吃饭")),
        ("page.zh.print.pdf", "空间站以每小时2.8×10⁴千米的速度", 3, ("空间站里的生活", "锻炼身体")),
    ],
)
def test_a_text_is_found_on_its_page_under_its_headings(name: str, words: str, page: int, section: tuple[str, ...]) -> None:
    block = holding(parsed(name), words)
    assert (block.page, block.section) == (page, section)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("lesson.en.pdf", "Rovers on Mars"),
        ("lesson.zh.pdf", "火星车"),
        ("page.en.print.pdf", "Living on a space station"),
        ("page.zh.print.pdf", "空间站里的生活"),
    ],
)
def test_a_title_is_read(name: str, title: str) -> None:
    assert parsed(name).title == title


@pytest.mark.parametrize("name", ["lesson.en.pdf", "lesson.zh.pdf", "page.en.print.pdf", "page.zh.print.pdf"])
def test_headers_footers_and_page_numbers_are_not_read(name: str) -> None:
    text = whole(parsed(name))
    for gone in ("Harbour School", "Page 1", "of 4", "海港学校", "第1页", "共4页", "127.0.0.1", "/26,", " AM", " PM"):
        assert gone not in text


@pytest.mark.parametrize(
    ("damaged", "what"),
    [
        (b"", "is no PDF but seems to be an empty file"),
        (b"hello", "seems to be text"),
        (b"PK\x03\x04", "ZIP"),
        (b"%PDF-1.7\n", "is damaged: open it in a PDF reader"),
        (content("lesson.en.pdf")[:5_000], "is damaged"),
        (content("encrypted.pdf"), "is encrypted: save it without a password"),
        (content("scanned.pdf"), r"is a scan without text: run text recognition \(OCR\) over it first"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(damaged: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        pdf.parse(damaged)


# ---- from characters to lines


def line(text: str, *, at: float = 700, size: float = 10, start: float = 50) -> Line:
    return Line(text, start, start + len(text) * size / 2, at, size)


def printed(text: str, *, start: float = 0, level: float = 0, size: float = 10) -> list[Glyph]:
    return [Glyph(one, start + at * size * 0.55, level, size) for at, one in enumerate(text)]


def test_raised_and_lowered_characters_are_told_apart_from_those_beside_them() -> None:
    glyphs = [
        *printed("10"),
        *printed("-6", start=11, level=4, size=6),
        *printed(" of H", start=18),
        *printed("2", start=46, level=-2, size=6),
        *printed("O", start=50),
    ]
    assert [one.text for one in lines(glyphs)] == ["10⁻⁶ of H₂O"]


def test_a_wide_gap_parts_columns_and_a_new_level_lines() -> None:
    glyphs = [*printed("Mass"), Glyph(" ", 0, 0, 0, filled=True), *printed("11 kg", start=80), *printed("Next", level=-12)]
    assert [one.text for one in lines(glyphs)] == ["Mass | 11 kg", "Next"]


def test_space_between_chinese_and_latin_that_only_looks_well_is_none() -> None:
    glyphs = [
        Glyph("约", 0, 0, 10),
        Glyph(" ", 0, 0, 0, filled=True),
        *printed("25", start=12.5),
        Glyph(" ", 0, 0, 0, filled=True),
        Glyph("亿", 26, 0, 10),
    ]
    assert [one.text for one in lines(glyphs)] == ["约25亿"]


# ---- from lines to paragraphs


def texts(*pages: list[Line], bookmarks: tuple[Bookmark, ...] = ()) -> list[tuple[int, tuple[str, ...], str]]:
    return [(block.page or 0, block.section, block.text) for block in blocks(paragraphs(pages, bookmarks))]


def test_a_word_broken_at_a_line_s_end_is_mended_and_a_compound_stays() -> None:
    page = [
        line("It is a long-lived and well-known thing that the astro-", at=700),
        line("nauts of this and of every other crew call a long-", at=688),
        line("lived friend of theirs, as they have said so many times", at=676),
    ]
    ((_page, _section, text),) = texts(page)
    assert "the astronauts of this" in text
    assert "call a long-lived friend" in text


def test_a_sentence_that_a_page_cuts_stands_where_it_began() -> None:
    first = [line("The probe flew past the planet and sent its pictures", at=100)]
    second = [line("home within a day. Then it fell silent.", at=700)]
    assert texts(first, second) == [
        (1, (), "The probe flew past the planet and sent its pictures home within a day."),
        (2, (), "Then it fell silent."),
    ]


def test_bookmarks_make_headings_of_text_in_the_body_s_size() -> None:
    page = [
        line("Orbits"),
        line("They are curved paths of one body around another one.", at=680),
        line("Moons", at=650),
        line("They orbit planets.", at=630),
    ]
    marks = (Bookmark("Orbits", 0, 1), Bookmark(" moons ", 1, 1))
    assert [section for _page, section, _text in texts(page, bookmarks=marks)] == [("Orbits",), ("Orbits", "Moons")]


def test_larger_print_makes_headings_and_a_heading_on_two_lines_is_one() -> None:
    page = [
        line("A long heading that", size=20),
        line("needs two lines", at=676, size=20),
        line("Then comes the text itself, which is set smaller.", at=650),
    ]
    assert texts(page) == [(1, ("A long heading that needs two lines",), "Then comes the text itself, which is set smaller.")]


def test_the_second_column_goes_on_where_the_first_ended() -> None:
    page = [line("The left column ends in", at=700), line("the middle of a", at=688), line("sentence. Right.", at=700, start=300)]
    assert [text for _page, _section, text in texts(page)] == ["The left column ends in the middle of a sentence. Right."]


def test_a_numbered_heading_is_not_the_page_s_number() -> None:
    pages = [
        [
            line("1 Orbits" if at == 1 else f"Chapter {at} | {at}", size=16 if at == 1 else 10),
            line(f"Text {'abcdef'[at]} ends here.", at=650),
            line(str(at), at=50),
        ]
        for at in range(1, 6)
    ]
    read = texts(*pages)
    assert {section for _page, section, _text in read} == {("1 Orbits",)}
    assert [text for _page, _section, text in read] == [f"Text {letter} ends here." for letter in "bcdef"]


def test_lines_of_a_table_of_contents_are_not_read() -> None:
    page = [line("Orbits ........... 12"), line("Moons . . . . . . | 40", at=688), line("The text begins.", at=640)]
    assert [text for _page, _section, text in texts(page)] == ["The text begins."]


def test_headings_without_text_are_text() -> None:
    assert paragraphs([], []) == []
    assert list(blocks([Paragraph("Mars", 1, 20, (-20, 99))])) != []
