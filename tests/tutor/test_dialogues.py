"""Dialogues over the school's course: which last questions lean on those before them, and what they then ask."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from kept_turns import NOON

from ingest.read import read
from knowledge_base.language import detect
from knowledge_base.types import Document
from tutor.question.follow_up import may_follow, resolve
from tutor.question.topics import Topics
from tutor.question.understand import small_talk
from tutor.remembered import Exchange
from tutor.types import Kind

DIALOGUES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("dialogues.yaml").read_text(encoding="utf-8"))
OFF_TOPIC = ("football", "世界杯")


@pytest.fixture(scope="module")
def topics() -> Topics:
    course = read([Path(__file__).parents[2] / "content"], source="course")
    documents: Mapping[str, Document] = {one.document.doc_id: one.document for one in course.materials}
    return Topics(documents)


def exchange(number: int, question: str, found: str | None) -> Exchange:
    kind: Kind = "chat" if small_talk(question) else "refused" if any(word in question for word in OFF_TOPIC) else "grounded"
    return Exchange(f"a{number}", NOON + dt.timedelta(seconds=number), question, kind, detect(question), found)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: str(dialogue["id"]))
def test_the_last_question_is_understood(dialogue: dict[str, Any], topics: Topics) -> None:
    *earlier, last = dialogue["turns"]
    recent = [exchange(number, question, dialogue.get("found")) for number, question in enumerate(earlier)]
    if small_talk(last):
        return
    resolved = resolve(last, recent, topics).text
    if dialogue.get("unchanged"):
        assert resolved == last
    else:
        assert may_follow(last, topics)
        assert all(part.lower() in resolved.lower() for part in dialogue["resolved"]), resolved


def test_there_are_enough_dialogues_of_each_kind() -> None:
    kinds = [(dialogue["language"], bool(dialogue.get("unchanged"))) for dialogue in DIALOGUES]
    assert min(kinds.count((language, False)) for language in ("en", "zh")) >= 40
    assert min(kinds.count((language, True)) for language in ("en", "zh")) >= 25
