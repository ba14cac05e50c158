"""Where a mission was at a date, by its dated events; asked of the real mission files."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document, Fact
from tutor.answering.history import Span, at, now
from tutor.tutor import Tutor
from tutor.types import Question

ASKED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "history.yaml").read_text(encoding="utf-8"))
MISSIONS = ("tianwen-1", "apollo-11", "voyager-1", "change-4", "change-5", "rosetta", "perseverance", "juice", "shenzhou-20")


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    folder = tmp_path_factory.mktemp("history")
    (folder / "content/missions").mkdir(parents=True)
    (folder / "content/course.yaml").write_text("course: space\n")
    for mission in MISSIONS:
        shutil.copy(Path(__file__).parents[2] / f"content/missions/{mission}.yaml", folder / "content/missions")
    data = DataFolder(folder / "data")
    assert Ingestion(data, HashingEmbedder).run(Order([folder / "content"])).failed == ()
    library = Library(data, HashingEmbedder())
    yield Tutor(library)
    library.close()


@pytest.mark.parametrize("asked", ASKED, ids=[one["ask"] for one in ASKED])
async def test_the_state_at_a_date_is_told_by_the_events_around_it(tutor: Tutor, asked: dict[str, Any]) -> None:
    answer = await tutor.ask(Question(asked["ask"]))
    assert answer.kind == "grounded"
    assert [held for held in asked["holds"] if held not in answer.text] == []
    assert [lacked for lacked in asked.get("lacks", []) if lacked in answer.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "Where was Tianwen-1 launched in 2020?",
        "Where did Tianwen-1 land in May 2021?",
        "天问一号2021年5月在哪里着陆？",
        "How heavy was Tianwen-1 in 2020?",
    ],
)
async def test_a_question_for_a_field_is_none_for_the_state(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert "10 February 2021" not in answer.text
    assert "2021年2月10日" not in answer.text


@pytest.mark.parametrize("question", ["Where will Tianwen-1 be in 2035?", "天问一号2035年将会在哪里？"])
async def test_the_future_is_told_by_nothing_that_has_been(tutor: Tutor, question: str) -> None:
    assert (await tutor.ask(Question(question))).engine != "fact"


def _mission(*facts: Fact) -> Document:
    return Document("m.en", "M", "en", "fact", "course", "m.yaml", "", facts=facts)


LAUNCH, ORBIT, END = Fact("launch date", "up", "2020"), Fact("event orbit", "round", "2021-02"), Fact("end", "down", "2022-03-04")
STATUS = Fact("status", "over", "2023")


def test_dates_told_in_part_are_compared_as_far_as_they_go() -> None:
    mission = _mission(STATUS, END, ORBIT, LAUNCH, Fact("event undated", "some day"), Fact("crew", "nobody"))
    assert at(mission, Span("2019-01-01", "2019-12-31")) == (LAUNCH,)
    assert at(mission, Span("2021-01-05", "2021-01-05")) == (LAUNCH, ORBIT)
    assert at(mission, Span("2021-02-01", "2021-02-31")) == (LAUNCH, ORBIT)
    assert at(mission, Span("2021-01-01", "2021-12-31")) == (LAUNCH, ORBIT)
    assert at(mission, Span("2022-01-01", "2022-12-31")) == (ORBIT, END)
    assert at(mission, Span("2022-05-01", "2022-05-31")) == (END,)
    assert at(mission, Span("2024-01-01", "2024-12-31")) == (END, STATUS)
    assert now(mission) == (END, STATUS)


def test_a_mission_without_dates_has_no_history() -> None:
    assert at(_mission(), Span("2021-01-01", "2021-12-31")) == ()
    assert now(_mission(LAUNCH, ORBIT)) == ()
