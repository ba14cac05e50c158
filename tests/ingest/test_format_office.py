"""DOCX and PPTX: what programs save is read in order, under its headings, without what students do not see."""

import io
import zipfile
from collections.abc import Callable

import docx as word
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Pt
from made_files import content, holding, parsed, whole
from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.util import Inches

from ingest.errors import Unreadable
from ingest.formats import docx, pptx
from ingest.types import Parsed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("name", "words", "section"),
    [
        ("lesson.en.docx", "It is made mostly of CO₂, and its pressure", ("Rovers on Mars", "The landing")),
        ("lesson.en.docx", "The cords of the sky crane were about seven", ("Rovers on Mars", "The landing", "The sky crane")),
        ("lesson.en.docx", "Zhurong | 240 kg | 2021", ("Rovers on Mars", "The rovers compared")),
        ("lesson.en.docx", "about 5.5 × 10⁷ and 4 × 10⁸ kilometres.", ("Rovers on Mars", "The rovers compared")),
        ("lesson.en.docx", "- Solar panels, which dust slowly covers.\n- A radioisotope generator", ("Rovers on Mars", "Power and cold")),
        ("lesson.zh.docx", "空中吊车的绳索长约七米半。", ("火星车", "着陆", "空中吊车")),
        ("lesson.zh.docx", "火星车 | 质量 | 着陆年份\n索杰纳号 | 11千克 | 1997年", ("火星车", "几辆火星车的比较")),
    ],
)
def test_a_document_s_text_is_found_under_its_headings(name: str, words: str, section: tuple[str, ...]) -> None:
    assert holding(parsed(name), words).section == section


@pytest.mark.parametrize(
    ("name", "words", "slide", "section"),
    [
        ("talk.en.pptx", "The atmosphere blurs starlight", 1, ("Why above the air?",)),
        ("talk.en.pptx", "Telescope | Mirror | Launched\nHubble | 2.4 m | 1990", 2, ("Two famous mirrors",)),
        ("talk.en.pptx", "The Webb mirror was folded", 2, ("Two famous mirrors", "Notes")),
        ("talk.en.pptx", "about 1.5 × 10⁶ kilometres from Earth.", 3, ("Where Webb works",)),
        ("talk.zh.pptx", "大气会让星光模糊", 1, ("为什么要到大气层之外？",)),
        ("talk.zh.pptx", "韦布 | 6.5米 | 2021年", 2, ("两面著名的镜子",)),
        ("talk.zh.pptx", "拉格朗日是一位数学家。", 3, ("韦布在哪里工作", "备注")),
    ],
)
def test_a_talk_s_text_is_found_on_its_slide(name: str, words: str, slide: int, section: tuple[str, ...]) -> None:
    block = holding(parsed(name), words)
    assert (block.page, block.section) == (slide, section)


@pytest.mark.parametrize("name", ["lesson.en.docx", "lesson.zh.docx", "talk.en.pptx", "talk.zh.pptx"])
def test_headers_footers_numbers_and_hidden_slides_are_not_read(name: str) -> None:
    text = whole(parsed(name))
    for gone in ("Harbour School", "海港学校", "Page 1", "第1页", "out of date", "已经过时"):
        assert gone not in text


@pytest.mark.parametrize(("name", "title"), [("lesson.en.docx", "Rovers on Mars"), ("lesson.zh.docx", "火星车"), ("talk.zh.pptx", "太空望远镜")])
def test_a_title_is_read(name: str, title: str) -> None:
    assert parsed(name).title == title


def test_a_hidden_slide_is_told() -> None:
    (notice,) = parsed("talk.en.pptx").notices
    assert notice.startswith("slide 4: hidden")


# ---- DOCX in particular


def written(build: Callable[[Document], None]) -> Parsed:
    document, saved = word.Document(), io.BytesIO()
    build(document)
    document.save(saved)
    return docx.parse(saved.getvalue())


def paragraph(document: Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))


def test_tracked_changes_read_as_accepted_and_hidden_text_is_left_out() -> None:
    xml = (
        "<w:r><w:t>It weighs </w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>11</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:hyperlink><w:r><w:t> kg</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>now.</w:t></w:r>"
    )
    assert [block.text for block in written(lambda document: paragraph(document, xml)).blocks] == ["It weighs 11 kg\nnow."]


def test_styles_tell_headings_by_name_by_level_and_by_what_they_are_based_upon() -> None:
    def build(document: Document) -> None:
        mine = document.styles.add_style("Kapitel", 1)
        mine.base_style = document.styles["Heading 1"]
        document.add_paragraph("The title", style="Title")
        document.add_paragraph("Orbits", style="Kapitel")
        document.add_paragraph("Low ones", style="Heading 3")
        document.add_paragraph("They decay.")
        document.element.body.insert(4, parse_xml(f'<w:p {W}><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>High ones</w:t></w:r></w:p>'))
        document.add_paragraph("They last.")

    read = written(build)
    assert [(block.section, block.text) for block in read.blocks] == [
        (("The title", "Orbits", "Low ones"), "They decay."),
        (("The title", "Orbits", "High ones"), "They last."),
    ]
    assert read.title == "The title"


def test_tables_tell_merged_cells_once_nested_ones_in_their_cell_and_frames_as_text() -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Planets"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Mars"
        table.cell(1, 1).text, table.cell(2, 1).text = "moons", "day"
        table.cell(1, 2).text = "2"
        table.cell(2, 2).add_table(1, 2).cell(0, 1).text = "24.6 h"
        document.add_table(1, 1).cell(0, 0).text = "A frame around text."

    assert [block.text for block in written(build).blocks] == ["Planets\nMars | moons | 2\nday | 24.6 h", "A frame around text."]


def test_superscripts_subscripts_and_formulas_do_not_run_together() -> None:
    def build(document: Document) -> None:
        one = document.add_paragraph("10")
        one.add_run("-").font.superscript = True
        one.add_run("6").font.superscript = True
        one.add_run(" m of H")
        one.add_run("2").font.subscript = True
        one.add_run("O, the 1")
        one.add_run("st").font.superscript = True
        one.add_run(" one").font.size = Pt(8)
        for text, height in ((", 10", 0), ("8", 8), (" m, CO", 0), ("2", -2)):
            run = one.add_run(text)
            run.font.size = Pt(9.5)
            run._r.get_or_add_rPr().append(parse_xml(f'<w:position {W} w:val="{height}"/>'))
        m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        up = "<m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        fraction = "<m:f><m:num><m:r><m:t>E</m:t></m:r></m:num><m:den><m:r><m:t>m+1</m:t></m:r></m:den></m:f>"
        one._p.append(parse_xml(f"<m:oMath {m}>{up}<m:r><m:t>=</m:t></m:r>{fraction}</m:oMath>"))

    assert [block.text for block in written(build).blocks] == ["10⁻⁶ m of H₂O, the 1st one, 10⁸ m, CO₂c²=E/(m+1)"]


def test_text_boxes_are_read_once_and_tables_of_contents_not_at_all() -> None:
    box = f"<w:txbxContent {W}><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    twice = f"<w:r><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r>"

    def build(document: Document) -> None:
        document.add_paragraph("Orbits 12", style=document.styles.add_style("toc 1", 1))
        paragraph(document, twice)

    assert [block.text for block in written(build).blocks] == ["In a box."]


# ---- PPTX in particular


def shown(build: Callable[[Slides], None]) -> Parsed:
    slides, saved = Presentation(), io.BytesIO()
    build(slides)
    slides.save(saved)
    return pptx.parse(saved.getvalue())


def test_shapes_are_read_from_the_top_left_groups_as_one_and_a_short_first_text_is_the_title() -> None:
    def build(slides: Slides) -> None:
        slide = slides.slides.add_slide(slides.slide_layouts[6])
        for left, top, text in [(5, 3.05, "right"), (1, 3, "left"), (1, 6, "last")]:
            slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1)).text_frame.text = text
        group = slide.shapes.add_group_shape()
        for text in ("in a group", "together"):
            group.shapes.add_textbox(Inches(1), Inches(4), Inches(1), Inches(1)).text_frame.text = text
        slide.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1)).text_frame.text = "Rockets"

    read = shown(build)
    assert [block.text for block in read.blocks] == ["left", "right", "in a group", "together", "last"]
    assert {block.section for block in read.blocks} == {("Rockets",)}
    assert read.title == "Rockets"


def test_a_slide_of_a_title_alone_is_text_and_slides_without_text_give_nothing() -> None:
    def build(slides: Slides) -> None:
        slides.slides.add_slide(slides.slide_layouts[6])
        slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text_frame.text = "Thank you\vall"

    assert [(block.page, block.section, block.text) for block in shown(build).blocks] == [(2, ("Thank you all",), "Thank you all")]


def test_a_presentation_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="holds no text on slides that are shown"):
        shown(lambda slides: slides.slides.add_slide(slides.slide_layouts[6]) and None)


# ---- hostile and mistaken


def changed(name: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A sample file with one of its parts changed."""
    old, saved = zipfile.ZipFile(io.BytesIO(content(name))), io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == part else old.read(one))
    return saved.getvalue()


BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("entity", [BOMB, b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'])
def test_entities_are_refused(entity: bytes) -> None:
    hostile = changed("lesson.en.docx", "word/document.xml", lambda xml: xml.replace(b"?>", b"?>" + entity, 1).replace(b"Mars is", b"&a; is"))
    with pytest.raises(Unreadable, match=r"declares entities \('word/document.xml'\)"):
        docx.parse(hostile)
    wide = changed(
        "lesson.en.docx", "word/document.xml", lambda xml: xml.replace(b"?>", b"?>" + entity, 1).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    )
    with pytest.raises(Unreadable, match="declares entities"):
        docx.parse(wide)


def test_a_zip_bomb_in_a_document_is_refused_unopened() -> None:
    bomb = changed("lesson.en.docx", "word/document.xml", lambda _xml: b"<a>" + b" " * 20_000_000)
    with pytest.raises(Unreadable, match="packed like a ZIP bomb"):
        docx.parse(bomb)


@pytest.mark.parametrize(
    ("parse", "given", "seems"),
    [
        (docx.parse, b"", "an empty file"),
        (docx.parse, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"an old Office document \(.doc, .ppt or .xls\) or one with a password"),
        (docx.parse, b"<!DOCTYPE html><p>x", "a web page"),
        (docx.parse, b"{\\rtf1 hello}", "RTF"),
        (docx.parse, content("talk.en.pptx"), "a .pptx presentation"),
        (pptx.parse, content("lesson.en.docx"), "a .docx document"),
        (pptx.parse, content("glossary.en.xlsx"), "an .xlsx workbook"),
        (pptx.parse, content("lesson.en.pdf"), "a PDF"),
    ],
)
def test_another_kind_of_file_is_told(parse: Callable[[bytes], Parsed], given: bytes, seems: str) -> None:
    with pytest.raises(Unreadable, match=f"seems to be {seems}"):
        parse(given)


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="holds no text"):
        written(lambda _document: None)
