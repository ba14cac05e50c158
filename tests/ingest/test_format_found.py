"""The samples ingested as staff would: a question about a document's content finds it, with the page or slide where it stands."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import closing

import pytest
from ingest_desk import Desk
from made_files import MADE, NAMES

from ingest import Report
from knowledge_base.calibration import Calibration
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.records import read_documents
from knowledge_base.types import Filters

# Questions, each asked of the samples of one kind together with all the others of its language.
ASKED = [
    ("lesson.en.pdf", "What is the sky crane?", 2, "sky crane"),
    ("lesson.en.docx", "Which radioisotope generator turns heat into electricity?", None, "radioisotope"),
    ("lesson.en.html", "How often does a launch window to Mars open?", None, "launch window"),
    ("page.en.print.pdf", "Why are tortillas eaten instead of bread?", 2, "tortillas"),
    ("talk.en.pptx", "How large is the sunshield of Webb?", 3, "sunshield"),
    ("glossary.en.xlsx", "What is specific impulse?", None, "Specific impulse"),
    ("table.en.csv", "Which country is the launch site Wenchang in?", None, "Wenchang"),
    ("lesson.zh.pdf", "空中吊车是什么？", 2, "空中吊车"),
    ("lesson.zh.docx", "机遇号为什么失去联系？", None, "机遇号"),
    ("lesson.zh.html", "发射窗口是什么？", None, "发射窗口"),
    ("page.zh.print.pdf", "航天员睡在哪里？", 2, "睡袋"),
    ("talk.zh.pptx", "韦布的遮阳罩有多大？", 3, "遮阳罩"),
    ("glossary.zh.xlsx", "比冲是什么？", None, "比冲"),
    ("table.zh.csv", "近地点是什么？", None, "近地点"),
]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, Report]:
    """All samples in one folder, ingested in one go."""
    root = tmp_path_factory.mktemp("made")
    folder = root / "files"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(MADE / name, folder / name)
    desk = Desk(folder, DataFolder(root / "data"), HashingEmbedder, lambda: dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    return desk.data, desk.ingest()


@pytest.fixture(scope="module")
def library(ingested: tuple[DataFolder, Report], calibration: Calibration) -> Iterator[Library]:
    """What was ingested, open."""
    with closing(Library(ingested[0], HashingEmbedder(), calibration=calibration)) as opened:
        yield opened


@pytest.mark.parametrize(("name", "question", "page", "words"), ASKED)
def test_a_question_finds_its_document_and_the_page(library: Library, name: str, question: str, page: int | None, words: str) -> None:
    """Among the best five, since a lesson stands there in three formats."""
    hits = library.search_now(question, k=5, filters=Filters()).hits
    found = [hit for hit in hits if hit.document.doc_id == name and words in hit.passage.text]
    assert found, [(hit.document.doc_id, hit.passage.text[:40]) for hit in hits]
    assert found[0].passage.page == page


def test_every_readable_sample_is_a_document_and_the_others_say_what_to_do(ingested: tuple[DataFolder, Report]) -> None:
    _data, report = ingested
    unreadable = {"encrypted.pdf", "scanned.pdf"}
    assert {*report.plan.added} == {*NAMES} - unreadable
    assert {*report.failed} == unreadable
    told = {problem.path: problem.what for problem in report.problems}
    assert "save it without a password" in told["encrypted.pdf"]
    assert "run text recognition (OCR) over it first" in told["scanned.pdf"]
    assert "slide 4: hidden" in told["talk.en.pptx"]
    assert "sheet 'Drafts': hidden" in told["glossary.en.xlsx"]


def test_documents_are_called_by_their_titles_in_their_language_and_kind(ingested: tuple[DataFolder, Report]) -> None:
    data, _report = ingested
    documents = {document.doc_id: document for document in read_documents(data.release(publish.current(data).release))}
    assert documents["lesson.zh.pdf"].title == "火星车"
    assert documents["talk.en.pptx"].title == "Telescopes in space"
    assert {document.language for name, document in documents.items() if ".zh." in name} == {"zh"}
    assert {document.language for name, document in documents.items() if ".en." in name} == {"en"}
    assert documents["glossary.zh.xlsx"].kind == documents["table.zh.csv"].kind == "glossary"
