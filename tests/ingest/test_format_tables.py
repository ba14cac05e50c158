"""XLSX and CSV: glossaries as sentences, other tables row by row, values as the sheet shows them."""

import datetime as dt
import io

import openpyxl
import pytest
from made_files import content, holding, parsed, whole
from openpyxl.workbook import Workbook

from ingest.errors import Unreadable
from ingest.formats import tables
from ingest.types import Parsed


@pytest.mark.parametrize(
    ("name", "text", "section"),
    [
        ("glossary.en.xlsx", "Specific impulse: How long a rocket engine can push with the weight of its own propellant. Unit: s.", ("Propulsion",)),
        ("glossary.en.xlsx", "Nozzle: The bell that turns hot gas into a fast jet.", ("Propulsion",)),
        ("glossary.en.xlsx", "Planet: Mars; Moons: 2; First fly-by: 1965-07-15; Share of the Sun's mass: 25%; Twice the moons: 4", ("Planets",)),
        ("glossary.en.xlsx", "Planet: Neptune; Moons: 16.5; First fly-by: 1989-08-25; Twice the moons: 33", ("Planets",)),
        ("glossary.zh.xlsx", "比冲 (specific impulse): 单位重量的推进剂所产生的冲量，用来衡量发动机的效率。", ("推进",)),
        ("glossary.zh.xlsx", "行星：火星；卫星数：2；首次飞掠：1965-07-15；含量：25%", ("行星",)),
        ("table.en.csv", "Launch site: Kourou, near the sea; Country: French Guiana; Latitude: 5.2", ()),
        ("table.en.csv", 'Launch site: The "old" pad at Baikonur; Country: Kazakhstan; Latitude: 45.9', ()),
        ("table.zh.csv", "近地点 (perigee): 轨道上离地球最近的点。", ()),
        ("table.zh.csv", "perigee (近地点): The point of an orbit that is nearest to Earth.", ()),
    ],
)
def test_a_row_is_told_under_its_sheet(name: str, text: str, section: tuple[str, ...]) -> None:
    block = holding(parsed(name), text)
    assert (block.text, block.section) == (text, section)


def test_hidden_sheets_are_left_out_and_told() -> None:
    read = parsed("glossary.en.xlsx")
    assert "Secret" not in whole(read)
    assert [notice[:22] for notice in read.notices] == ["sheet 'Drafts': hidden"]


@pytest.mark.parametrize(
    ("name", "kind"), [("glossary.en.xlsx", "glossary"), ("glossary.zh.xlsx", "glossary"), ("table.zh.csv", "glossary"), ("table.en.csv", "file")]
)
def test_a_glossary_is_known_as_one(name: str, kind: str) -> None:
    assert parsed(name).kind == kind


def rows(text: str) -> list[str]:
    return [block.text for block in tables.parse_csv(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("term;definition\nthrust;a force, a push", ["thrust: a force, a push."]),
        ("Term\tMeaning\nlift\tup", ["lift: up."]),
        ("术语,解释,备注\n推力,一种力,重要", ["推力: 一种力。 备注: 重要。"]),
        ("English,中文\nthrust,推力\nlift,", ["thrust (推力)", "lift"]),
        ("term_zh,term_en,definition_zh\n推力,thrust,力", ["推力 (thrust): 力。"]),
        ("Name,Definition\nThrust,A push!", ["Thrust: A push!"]),
        ("Name,Mass,Description\nVega,2,A star", ["Name: Vega; Mass: 2; Description: A star"]),
        ("1,2\n3,4", ["1 | 2", "3 | 4"]),
        ("a,b\r\n\r\n1\r\n,2,3\r\n", ["a: 1", "b: 2; 3"]),
        ("one\ntwo", ["one", "two"]),
        ("Planets of the Sun,\nname,moons\nMars,2", ["name: Mars; moons: 2"]),
        ("\ufeffa,b\n1,2"[1:], ["a: 1; b: 2"]),
        ('"a;x","b"\n"1\n2","3,4"', ["a;x: 1 2; b: 3,4"]),
    ],
)
def test_csv_of_every_shape(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


def test_a_line_above_a_table_heads_it() -> None:
    assert tables.parse_csv("Planets,\nname,moons\nMars,2").blocks[0].section == ("Planets",)


@pytest.mark.parametrize("text", ["", "\n \n", ",,,\n,,", "term,definition"])
def test_a_table_without_rows_says_so(text: str) -> None:
    with pytest.raises(Unreadable, match="holds no rows"):
        tables.parse_csv(text)


def test_a_quotation_mark_left_open_and_too_many_rows_are_told() -> None:
    with pytest.raises(Unreadable, match="is a quotation mark left open") as caught:
        tables.parse_csv('a,b\n1,"' + "x\n" * 100_000)
    assert caught.value.line > 1
    with pytest.raises(Unreadable, match="more than 100000 rows"):
        tables.parse_csv("1,2\n" * 100_002)


def workbook(*table: list[object], shapes: dict[str, str] | None = None, name: str = "Sheet") -> Parsed:
    book, saved = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in table:
        sheet.append(row)
    for place, shape in (shapes or {}).items():
        sheet[place].number_format = shape
    book.save(saved)
    return tables.parse_xlsx(saved.getvalue())


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (5.97e24, "General", "5.97e+24"),
        (3.14159, "0.00", "3.14"),
        (384400, "#,##0", "384,400"),
        (0.256, "0.0%", "25.6%"),
        (7.9, '0.0" km/s"', "7.9 km/s"),
        (True, "General", "TRUE"),
        (dt.date(2026, 7, 4), "dd/mm/yyyy", "2026-07-04"),
        (dt.datetime(2026, 7, 4, 13, 30), "yyyy-mm-dd hh:mm", "2026-07-04 13:30"),
        (dt.time(13, 30), "hh:mm", "13:30:00"),
        (" two\nlines ", "General", "two lines"),
    ],
)
def test_values_are_shown_as_in_the_sheet(value: object, shape: str, shown: str) -> None:
    assert [block.text for block in workbook(["a", "b"], ["x", value], shapes={"B2": shape}).blocks] == [f"a: x; b: {shown}"]


def test_a_sheet_s_default_name_is_no_heading_and_empty_rows_and_columns_do_not_count() -> None:
    (block,) = workbook([], [None, "a", None, "b"], [], [None, 1, None, 2]).blocks
    assert (block.section, block.text) == ((), "a: 1; b: 2")


def test_formulas_that_nobody_computed_and_errors_are_nothing() -> None:
    assert [block.text for block in workbook(["a", "b"], ["x", "=1/0"], ["y", "#N/A"]).blocks] == ["a: x", "a: y"]


def test_a_cell_far_away_is_not_reached() -> None:
    book, saved = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["XFD1048576"] = "a", "b", "x", "far"
    book.save(saved)
    assert [block.text for block in tables.parse_xlsx(saved.getvalue()).blocks] == ["a: x"]


def test_another_kind_of_file_is_told() -> None:
    with pytest.raises(Unreadable, match=r"seems to be a \.docx document"):
        tables.parse_xlsx(content("lesson.en.docx"))
    with pytest.raises(Unreadable, match="is damaged: open it in a spreadsheet program"):
        tables.parse_xlsx(content("glossary.en.xlsx")[:3_000])


def test_the_sample_workbook_is_read_by_its_own_library_too() -> None:
    assert openpyxl.load_workbook(io.BytesIO(content("glossary.zh.xlsx"))).sheetnames == ["推进", "行星"]
