"""The hand-made drafts over the project's own course: of right ones nearly all sentences pass the gate, of those with one thing swapped none."""

from pathlib import Path

import pytest
from made_drafts import Course, load

from ingest.read import read
from ingest.split import split
from tutor.grounding.missions import missions

CONTENT = Path(__file__).parents[2] / "content"
KEPT = 0.9  # of the sentences of right drafts


@pytest.fixture(scope="module")
def course() -> Course:
    materials = read([CONTENT], source="course").materials
    documents = {material.document.doc_id: material.document for material in materials}
    return Course(documents, {material.document.doc_id: split(material) for material in materials}, missions(documents.values()))


@pytest.mark.parametrize("name", ["fitted.en", "fitted.zh", "held_out.en", "held_out.zh"])
def test_right_drafts_are_kept_and_wrong_ones_are_not_shown(course: Course, name: str) -> None:
    judged = [course.judge(made) for made in load(name)]
    right = [verdict for one in judged if one.made.wrong is None for verdict in one.verdicts]
    lost = [(verdict.refusal, verdict.draft.text) for verdict in right if verdict.refusal is not None]
    wrong = [one for one in judged if one.made.wrong is not None]
    leaked = [(one.made.wrong, one.shown) for one in wrong if one.leaked]
    print(f"{name}: kept {len(right) - len(lost)} of {len(right)} right sentences, showed {len(leaked)} of {len(wrong)} wrong ones")
    assert leaked == []
    assert len(lost) <= (1 - KEPT) * len(right), lost


@pytest.mark.parametrize("language", ["en", "zh"])
def test_half_of_the_fifty_drafts_of_a_language_are_wrong_in_every_way(language: str) -> None:
    made = load(f"held_out.{language}")
    assert (len(made), sum(one.wrong is not None for one in made)) == (50, 25)
    assert {one.wrong for one in made} == {None, "number", "date", "mission", "citation", "unit", "negation"}
