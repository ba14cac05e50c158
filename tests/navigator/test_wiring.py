"""Wiring: links into the course player, and an embedder that is made only when it is needed."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from command_line import write_calibration, write_course
from pydantic import SecretStr

from ingest import Order
from knowledge_base import calibration
from knowledge_base.embedding.prepared import PreparedModel, model_folder
from knowledge_base.errors import EmbedderMismatch
from knowledge_base.types import Document, Evidence, Hit, Passage
from navigator import entry, wiring
from navigator.settings import Settings
from tutor.types import Question


def hit(*section: str, position_s: float | None = None) -> Hit:
    document = Document("rockets.zh", "火箭", "zh", "lesson", "course", "rockets.zh.md", "")
    passage = Passage("p", document.doc_id, section, "火箭分级。", 0, ((0, 5),), position_s=position_s)
    return Hit(passage, document, 1.0, Evidence(0, 0, 0, 0, 0), (0.5,))


@pytest.mark.parametrize(
    ("course_url", "begins"),
    [
        ("https://player.example/course", "https://player.example/course?doc=rockets.zh"),
        ("https://player.example/course?school=7", "https://player.example/course?school=7&doc=rockets.zh"),
        ("/course", "/course?doc=rockets.zh"),
    ],
)
def test_a_link_names_the_document_its_heading_and_its_second(course_url: str, begins: str) -> None:
    link = wiring.player_link(course_url)(hit("火箭", "为什么 分级？", position_s=12.5))
    assert link is not None
    assert link.startswith(f"{begins}&")
    assert {key: values for key, values in parse_qs(urlsplit(link).query).items() if key != "school"} == {
        "doc": ["rockets.zh"],
        "anchor": ["为什么-分级"],
        "t": ["12.5"],
    }
    assert link.isascii()


def test_what_has_no_heading_and_no_recording_links_to_the_document() -> None:
    assert wiring.player_link("/course")(hit()) == "/course?doc=rockets.zh"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("Empty stages", "empty-stages"), ("  What's a *stage*? ", "what-s-a-stage"), ("为什么分级？", "为什么分级"), ("3.2 Thrust", "3-2-thrust")],
)
def test_an_anchor_is_the_heading_s_words_joined_by_hyphens(heading: str, anchor: str) -> None:
    assert wiring.anchor(heading) == anchor


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calibration, "FOLDER", write_calibration(tmp_path / "calibrations"))
    return Settings(data_dir=tmp_path / "data", embedder="hashing", course_url="/course")


async def test_the_rooms_joined_answer_with_links(settings: Settings, tmp_path: Path) -> None:
    report = wiring.ingestion(settings, lambda *_step: None).run(Order([write_course(tmp_path / "course")]))
    library = wiring.published_library(settings)
    try:
        answer = await wiring.tutor(settings, library).ask(Question("火箭为什么要分级？"))
    finally:
        library.close()
    assert answer.release == report.release
    assert [citation.url for citation in answer.citations] == ["/course?doc=rockets.zh&anchor=%E5%88%86%E7%BA%A7"]


def test_a_release_of_another_embedder_is_refused_before_the_model_is_opened(settings: Settings, tmp_path: Path) -> None:
    wiring.ingestion(settings, lambda *_step: None).run(Order([write_course(tmp_path / "course")]))
    folder = model_folder(settings.data_dir / "models", "slow")
    folder.mkdir(parents=True)
    for name in ("graph.onnx", "tokenizer.json"):
        (folder / name).write_text("opened, this is no model", encoding="utf-8")
    PreparedModel(folder, "slow", 384, "abc", "", "", 512).write()
    with pytest.raises(EmbedderMismatch, match="'hashing'"):
        wiring.published_library(settings.model_copy(update={"embedder": "slow"}))


def test_reading_materials_needs_no_model(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge_base.embedding.packaged.PACKAGE", "no_such_package")
    unprepared = settings.model_copy(update={"embedder": "multilingual-e5-small"})
    report = wiring.ingestion(unprepared, lambda *_step: None).run(Order([write_course(tmp_path / "course")], dry_run=True))
    assert len(report.plan.added) == 3


def test_questions_to_the_api_are_limited_where_tokens_are_asked_for(tmp_path: Path) -> None:
    assert entry.limits(Settings(data_dir=tmp_path)) is None
    tokens = Settings(data_dir=tmp_path, auth="token", redis_url=SecretStr("redis://127.0.0.1:1"))
    assert entry.limits(tokens) is not None
