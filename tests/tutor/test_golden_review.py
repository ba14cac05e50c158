"""Golden questions asked of two releases: what is right, and every answer, citation or refusal that differs."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from space_course import CALIBRATION, publish, write_course

from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import UnknownRelease
from knowledge_base.library import Library
from knowledge_base.progress import silent
from knowledge_base.release import publish as releases
from knowledge_base.release.layout import DataFolder
from knowledge_base.review import GoldenQuestion
from tutor.golden import ASKING, review

STAGES = GoldenQuestion("stages", "Why do rockets drop their empty stages?", "en", contains=(("less mass",),), sources=("rockets",))
TALL = GoldenQuestion("tall", "How tall was the Saturn V?", "en", contains=(("110.6 m",),))
SOIL = GoldenQuestion("soil", "嫦娥五号带回了多少月壤？", "zh", contains=(("1,731", "1731"), ("克",)))
PAINTER = GoldenQuestion("painter", "Who painted the famous sunflowers?", "en", refuse=True)
QUESTIONS = (STAGES, TALL, SOIL, PAINTER)


class Shelf:
    """A course and its releases, any of which can be opened as it was."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self.data = DataFolder(folder / "data")
        self.course = write_course(folder / "course")
        self._opened = opened

    def edit(self, name: str, before: str, after: str) -> None:
        path = self.course / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def publish(self) -> Library:
        return self.open(publish(self.data, self.course))

    def open(self, release: str) -> Library:
        library = Library(self.data, HashingEmbedder(), calibration=CALIBRATION, release=release)
        self._opened.callback(library.close)
        return library


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with ExitStack() as opened:
        yield Shelf(tmp_path, opened)


async def test_a_library_stays_with_its_release(shelf: Shelf) -> None:
    first = shelf.publish()
    shelf.edit("rockets.en.md", "110.6 m", "111 m")
    second = shelf.publish()
    published = releases.current_id(shelf.data)
    async with first.reading() as old, second.reading() as new:
        assert old.release_id != new.release_id == published
    with pytest.raises(UnknownRelease):
        shelf.open("20200101T000000Z-00000000").open()


async def test_a_first_release_has_nothing_to_be_compared_with(shelf: Shelf) -> None:
    steps: list[tuple[str, int, int]] = []
    found = await review(shelf.publish(), None, QUESTIONS, progress=lambda *step: steps.append(step))
    assert (found.before, found.right_before, found.right, found.questions, found.failing) == (None, None, 4, 4, ())
    assert [change.before for change in found.changes] == [None] * 4
    assert steps == [(ASKING, done, 4) for done in (1, 2, 3, 4)]


async def test_equal_releases_answer_alike(shelf: Shelf) -> None:
    library = shelf.publish()
    found = await review(library, library, QUESTIONS, progress=silent)
    assert (found.right_before, found.right, found.changes) == (4, 4, ())


async def test_every_answer_that_changes_is_told_with_what_differs(shelf: Shelf) -> None:
    before = shelf.publish()
    shelf.edit("rockets.en.md", "The Saturn V was 110.6 m tall", "The Saturn V was 36 storeys, about 111 m, tall")
    shelf.edit("change-5.yaml", "嫦娥五号带回了1,731克月壤。", "嫦娥五号带回了1731克月壤。")
    after = shelf.publish()
    found = await review(after, before, QUESTIONS, progress=silent)
    assert (found.right_before, found.right, found.failing) == (4, 3, ("tall",))
    tall, soil = found.changes
    assert tall.before is not None
    assert (tall.question, tall.before.right, tall.after.right, tall.differs) == (TALL, True, False, ("answer", "citations"))
    assert "110.6 m" in tall.before.answer
    assert "110.6 m" in tall.before.citations[0].quote
    assert tall.after.citations[0].doc_id == "rockets.en"
    assert (soil.question, soil.after.right) == (SOIL, True)


async def test_a_withdrawn_source_shows_as_a_refusal(shelf: Shelf) -> None:
    before = shelf.publish()
    (shelf.course / "rockets.en.md").unlink()
    (shelf.course / "rockets.zh.md").unlink()
    after = shelf.publish()
    found = await review(after, before, [STAGES, PAINTER], progress=silent)
    change = next(change for change in found.changes if change.question == STAGES)
    assert (change.after.kind, change.after.citations, change.after.right) == ("refused", (), False)
    assert set(change.differs) == {"kind", "answer", "citations"}


async def test_a_document_that_gets_another_id_shows_as_another_citation(shelf: Shelf) -> None:
    before = shelf.publish()
    shelf.edit("rockets.en.md", "id: rockets.en", "id: rocketry.en")
    after = shelf.publish()
    found = await review(after, before, [STAGES], progress=silent)
    (change,) = found.changes
    assert change.differs == ("citations",)
    assert change.after.citations[0].doc_id == "rocketry.en"


async def test_an_answer_to_what_must_be_refused_is_wrong(shelf: Shelf) -> None:
    denied = GoldenQuestion("denied", STAGES.question, "en", refuse=True)
    found = await review(shelf.publish(), None, [denied], progress=silent)
    assert found.failing == ("denied",)


async def test_an_answer_that_sets_a_false_premise_right_is_right(shelf: Shelf) -> None:
    presumes = GoldenQuestion("presumes", STAGES.question, "en", refuse=True, corrects=("rockets",))
    found = await review(shelf.publish(), None, [presumes], progress=silent)
    assert found.failing == ()
