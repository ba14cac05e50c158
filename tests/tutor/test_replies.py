"""Replies as pupils write them get the marks that a teacher gives."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.types import Check, Choice, Idea
from knowledge_base.words import words
from tutor.practice.choice import judge_choice
from tutor.practice.ideas import judge_ideas
from tutor.practice.judged import Judged
from tutor.practice.number import judge_number

ASKED = yaml.safe_load(Path(__file__).with_name("replies.yaml").read_text(encoding="utf-8"))
REPLIES = [(one["check"], str(reply), mark) for one in ASKED for reply, mark in one["replies"]]


def check_of(told: dict[str, Any]) -> Check:
    """A check question from its short form."""
    answer = str(told.get("answer", ""))
    return Check(
        check_id=told["id"],
        kind=told["kind"],
        level=1,
        question=told["question"],
        hint="",
        answer=answer,
        explanation="",
        section="",
        passage="",
        choices=tuple(Choice(text, wrong) for text, wrong in zip(told.get("choices", []), told.get("misconceptions", []), strict=True)),
        value=told.get("value"),
        unit=told.get("unit"),
        tolerance=told.get("tolerance", 0.0),
        ideas=(*(Idea(tuple(group)) for group in told.get("accept", [])), *(Idea(tuple(one["any"]), one["idea"]) for one in told.get("points", []))),
    )


def judged(told: dict[str, Any], reply: str, *, last_try: bool = False) -> Judged:
    check = check_of(told)
    known = set(words(f"{check.question} {check.answer}")).__contains__
    if check.kind == "choice":
        return judge_choice(check, reply, told["language"], known=known)
    if check.kind == "number":
        return judge_number(check, reply, told["language"])
    return partial(judge_ideas, known=known, last_try=last_try)(check, reply, told["language"])


@pytest.mark.parametrize(("told", "reply", "mark"), REPLIES, ids=[f"{told['id']}.{told['language']}: {reply}" for told, reply, _mark in REPLIES])
def test_a_reply_gets_the_mark_that_a_teacher_gives(told: dict[str, Any], reply: str, mark: str) -> None:
    assert judged(told, reply).verdict == mark
