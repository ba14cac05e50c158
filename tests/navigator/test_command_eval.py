"""`navigator eval`: sets and golden questions measured over releases of their own, which are gone afterwards."""

import json
import sys
import tempfile
from pathlib import Path

import pytest
from command_line import BROKEN, PAINTER, STAGES, CommandLine, write_course

MISSION = {
    "id": "change-5",
    "names": {"en": "Chang'e-5", "zh": "嫦娥五号"},
    "kind": ["probe"],
    "agency": "CNSA",
    "country": "China",
    "about": {"en": "Chang'e-5 brought back 1,731 g of lunar soil.", "zh": "嫦娥五号带回了1,731克月壤。"},
    "as_of": "2026-05-24",
    "sources": [{"title": "A report"}],
    "check": "checked",
    "source_strength": "strong",
}
GOLDEN = """
- {id: g1, language: en, question: "How much lunar soil did Chang'e-5 bring back?", contains: [["1,731", "1731"]], sources: [change-5]}
- {id: g2, language: zh, question: 嫦娥五号带回了多少月壤, contains: [["1,731"]], sources: [change-5]}
- {id: g3, language: en, question: Who painted the sunflowers, refuse: true}
"""


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@pytest.fixture
def stages(tmp_path: Path) -> Path:
    """A set of two questions, one with an answer and one without."""
    folder = tmp_path / "stages"
    folder.mkdir()
    write_course(folder / "docs")
    questions = [
        {"id": "a", "question": STAGES, "doc": "rockets.en", "answers": ["less mass"]},
        {"id": "b", "question": PAINTER, "answerable": False},
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return folder


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """Golden questions in a course with one mission."""
    folder = tmp_path / "content"
    (folder / "missions").mkdir(parents=True)
    (folder / "course.yaml").write_text("id: space\n", encoding="utf-8")
    (folder / "missions" / "change-5.yaml").write_text(json.dumps(MISSION), encoding="utf-8")
    (folder / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    return folder / "golden.yaml"


def test_a_set_and_golden_questions_are_measured_in_json(navigator: CommandLine, stages: Path, golden: Path, temporary: Path) -> None:
    ran = navigator("eval", stages, golden, "--json")
    first, second = ran.json["sets"]
    assert (first["name"], first["questions"], list(first["languages"])) == ("stages", 2, ["en"])
    english = first["languages"]["en"]
    assert set(english) == {"search", "search_other_language", "contains_gold", "cited", "right", "refusals", "auroc"}
    assert english["search"]["recall"]["1"] == {"n": 1, "value": 1.0, "low": pytest.approx(0.2065, abs=1e-4), "high": 1.0}
    assert english["contains_gold"]["value"] == 1.0
    assert (first["refusals"]["recall"]["value"], first["refusals"]["false"]["value"]) == (1.0, 0.0)
    assert (second["name"], second["questions"], sorted(second["languages"])) == ("golden", 3, ["en", "zh"])
    for language in ("en", "zh"):
        assert second["languages"][language]["contains_gold"]["value"] == 1.0
        assert second["languages"][language]["search_other_language"]["mrr"]["n"] == 1
    assert "asking golden: 3 of 3" in ran.err
    assert list(temporary.iterdir()) == []
    assert not navigator.data.exists()


def test_what_was_not_measured_is_null_in_json(navigator: CommandLine, stages: Path) -> None:
    ran = navigator("eval", stages, "--json")
    assert ran.json["sets"][0]["languages"]["en"]["search"]["mrr"]["low"] is None
    assert "NaN" not in ran.out


def test_people_see_a_table_for_each_set(navigator: CommandLine, stages: Path, golden: Path) -> None:
    ran = navigator("eval", stages, golden)
    assert ran.status == 0
    assert "stages (2 questions)" in ran.out
    assert "golden (3 questions)" in ran.out
    assert "answer contains gold" in ran.out


def test_golden_questions_that_are_not_answered_rightly_are_listed_with_what_stood_in_the_way(
    navigator: CommandLine, golden: Path, tmp_path: Path
) -> None:
    wrong = """
- {id: g4, language: en, question: "How much soil did Chang'e-5 bring back?", contains: [["9 kg"]], sources: [change-5]}
- {id: g5, language: en, question: "How much soil did Chang'e-5 bring back", refuse: true}
- {id: g6, language: en, question: "Who painted the <b>sunflowers</b>", contains: [["Vincent"]], sources: [change-5]}
"""
    golden.write_text(GOLDEN + wrong, encoding="utf-8")
    ran = navigator("eval", golden, "--out", tmp_path / "made")
    assert "golden: 3 not answered rightly" in ran.out
    page = (tmp_path / "made" / "golden.missed.md").read_text(encoding="utf-8")
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in page.splitlines() if row.startswith("| g")}
    assert list(rows) == ["g4", "g5", "g6"]
    assert "from the right document, by another of its sentences" in rows["g4"]
    assert "answered, from change-5.en, what is to be refused" in rows["g5"]
    assert "refused, at confidence 0." in rows["g6"]
    assert "the right document is hit 1" in rows["g6"]
    assert "&lt;b>sunflowers" in rows["g6"]


def test_a_folder_of_results_is_written_with_another_pipeline_beside_ours(navigator: CommandLine, stages: Path, tmp_path: Path) -> None:
    figure = {"n": 1, "value": 0.0, "low": 0.0, "high": 0.8}
    gain = {"n": 1, "value": 1.0, "low": 1.0, "high": 1.0, "above": 1.0}
    compared = {"set": "stages", "language": "en", "recall": {"1": figure, "5": figure}, "ours": {"1": figure, "5": figure}, "difference": gain}
    (tmp_path / "chain.json").write_text(json.dumps({"pipeline": "a chain", "compared": [compared]}), encoding="utf-8")
    folder = tmp_path / "made" / "results"
    ran = navigator("eval", stages, "--out", folder, "--beside", tmp_path / "chain.json", "--json")
    assert {"README.md", "results.json", "recall.png", "latency.png"} <= {file.name for file in folder.iterdir()}
    kept = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert kept["sets"] == ran.json["sets"]
    assert kept["beside"]["pipeline"] == "a chain"
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert page.startswith("# Results\n\nMade by `navigator eval stages --out ...` on ")
    assert "embedder hashing" in page
    assert "## Beside a plain chain" in page
    assert str(tmp_path) not in page


@pytest.mark.parametrize("name", ["chain.json", "nowhere.json"])
def test_a_comparison_that_is_none_is_told_before_anything_is_measured(navigator: CommandLine, stages: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "chain.json").write_text("{}", encoding="utf-8")
    failure = navigator("eval", stages, "--out", tmp_path / "out", "--beside", tmp_path / name).failure
    assert f"{name}' is no comparison" in failure
    assert navigator("eval", stages, "--beside", tmp_path / "chain.json").status == 2


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_measured(navigator: CommandLine, stages: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = navigator("eval", stages, "--out", tmp_path / "file")
    assert "cannot be written" in ran.failure
    assert "asking" not in ran.err


def test_without_matplotlib_only_pictures_are_missing(navigator: CommandLine, stages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("matplotlib", "evaluation.pictures", "navigator.results"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert "pip install 'navigator-tutor[eval]'" in navigator("eval", stages, "--out", tmp_path / "out").failure
    assert navigator("eval", stages, "--json").json["sets"][0]["questions"] == 2


def test_golden_questions_from_elsewhere_are_asked_of_the_documents_named(navigator: CommandLine, golden: Path, tmp_path: Path) -> None:
    elsewhere = golden.rename(tmp_path / "mine.yaml")
    assert "say with --docs" in navigator("eval", elsewhere).failure
    assert "does not exist" in navigator("eval", elsewhere, "--docs", tmp_path / "nowhere").failure
    ran = navigator("eval", elsewhere, elsewhere, "--docs", golden.parent, "--json")
    assert [(one["name"], one["questions"]) for one in ran.json["sets"]] == [("mine", 3), ("mine", 3)]
    assert ran.err.count("indexing") == 1, "what two sets ask about is ingested once"


def test_documents_for_sets_that_have_their_own_are_refused(navigator: CommandLine, stages: Path) -> None:
    assert "--docs is for golden questions in YAML" in navigator("eval", stages, "--docs", stages / "docs").failure


def test_releases_that_are_kept_are_not_built_again(navigator: CommandLine, stages: Path, tmp_path: Path) -> None:
    first = navigator("eval", stages, "--keep", tmp_path / "kept", "--json")
    again = navigator("eval", stages, "--keep", tmp_path / "kept", "--json")
    assert "indexing" in first.err
    assert "indexing" not in again.err
    assert [one["name"] for one in again.json["sets"]] == ["stages"]


def test_a_set_without_questions_is_one_line(navigator: CommandLine, stages: Path) -> None:
    (stages / "questions.jsonl").write_text("", encoding="utf-8")
    assert "holds no question" in navigator("eval", stages).failure


def test_a_document_that_cannot_be_read_is_told(navigator: CommandLine, stages: Path) -> None:
    (stages / "docs" / "open.md").write_text(BROKEN, encoding="utf-8")
    ran = navigator("eval", stages, "--json")
    assert ran.json["sets"][0]["questions"] == 2
    assert "open.md:1: the front matter is opened by --- and never closed" in ran.err.splitlines()


def test_a_broken_question_is_one_line_with_its_place(navigator: CommandLine, stages: Path) -> None:
    with (stages / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{\n")
    assert "questions.jsonl:3 is not a question" in navigator("eval", stages, "--json").failure


def test_what_is_no_set_is_one_line(navigator: CommandLine, tmp_path: Path) -> None:
    assert "is no question set" in navigator("eval", tmp_path / "nowhere").failure
    assert navigator("eval").status == 2


def test_a_set_without_documents_is_one_line(navigator: CommandLine, stages: Path, temporary: Path) -> None:
    for file in (stages / "docs").iterdir():
        file.unlink()
    assert "there is nothing to read" in navigator("eval", stages).failure
    assert list(temporary.iterdir()) == []
