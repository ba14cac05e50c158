"""The course itself, as it stands in content/: every file parses, every reference leads somewhere, every number stands in both languages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.course.figures import lacking
from ingest.course.lesson_schema import Lesson
from ingest.course.schema import Concept, Mission, Told, checked
from ingest.formats.markdown import parse
from ingest.front_matter import load_mapping, split_front_matter
from ingest.read import read
from ingest.types import Reading
from knowledge_base.language import HAN, has_han

CONTENT = Path(__file__).parents[2] / "content"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
HEADING = re.compile(r"^#.*$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
WORD = re.compile(r"[A-Za-z0-9]+(?:[-'’.,/][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Course:
    """Everything in content/, parsed; missions and concepts by the names of their files."""

    reading: Reading
    lessons: dict[str, tuple[Lesson, str]]
    missions: dict[str, Mission]
    concepts: dict[str, Concept]
    golden: list[dict[str, Any]]

    def facts(self) -> dict[str, Mission | Concept]:
        return {**self.missions, **self.concepts}


@pytest.fixture(scope="module")
def course() -> Course:
    lessons = {}
    for path in sorted((CONTENT / "lessons").glob("*.md")):
        front = split_front_matter(path.read_text(encoding="utf-8"))
        lessons[path.stem] = (checked(Lesson, front.values, front.lines), front.body)
    missions = {path.stem: checked(Mission, *load_mapping(path.read_text(encoding="utf-8"))) for path in sorted((CONTENT / "missions").iterdir())}
    concepts = {path.stem: checked(Concept, *load_mapping(path.read_text(encoding="utf-8"))) for path in sorted((CONTENT / "concepts").iterdir())}
    golden = yaml.load((CONTENT / "golden.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Course(read([CONTENT], source="course"), lessons, missions, concepts, golden)


def told(fact: Any, where: str = "") -> Iterator[tuple[str, Told]]:
    """Every pair of sentences in a mission or concept, with the place where it stands."""
    if isinstance(fact, Told):
        yield where, fact
    elif isinstance(fact, list):
        for at, one in enumerate(fact):
            yield from told(one, f"{where}[{at}]")
    elif isinstance(fact, dict):
        for key, one in fact.items():
            yield from told(one, f"{where}.{key}")
    elif hasattr(fact, "__dict__"):
        yield from told(vars(fact), where)


def test_the_whole_course_is_read_without_a_problem(course: Course) -> None:
    assert course.reading.problems == ()
    terms = yaml.safe_load((CONTENT / "glossary.yaml").read_text(encoding="utf-8"))
    own = sum("concept" not in term for term in terms)
    expected = len(course.lessons) + 2 * (len(course.missions) + len(course.concepts) + own)
    kinds = Counter(one.document.kind for one in course.reading.materials)
    assert kinds["lesson"] + kinds["fact"] + kinds["glossary"] == expected > 400


def test_every_id_is_its_files_name_and_unique(course: Course) -> None:
    ids = [fact.id for fact in course.facts().values()] + [lesson.id for lesson, _body in course.lessons.values()]
    assert ids == [*course.missions, *course.concepts, *course.lessons]
    assert [one for one, count in Counter(ids).items() if count > 1] == []


def test_every_lesson_stands_in_both_languages(course: Course) -> None:
    languages: dict[str, set[str]] = {}
    for name, (lesson, _body) in course.lessons.items():
        assert name == f"{lesson.lesson}.{lesson.language}"
        languages.setdefault(lesson.lesson, set()).add(lesson.language)
    assert {lesson: found for lesson, found in languages.items() if found != {"en", "zh"}} == {}


def test_a_lessons_two_languages_name_the_same_missions_and_concepts(course: Course) -> None:
    for name, (lesson, _body) in course.lessons.items():
        other, _other_body = course.lessons[f"{name[:-2]}{'zh' if lesson.language == 'en' else 'en'}"]
        assert (lesson.missions, lesson.concepts, lesson.grade_band, lesson.as_of) == (other.missions, other.concepts, other.grade_band, other.as_of)


def test_every_reference_of_a_lesson_leads_somewhere(course: Course) -> None:
    lost = []
    for name, (lesson, body) in course.lessons.items():
        parsed, marked = parse(body)
        headings = {heading for block in parsed.blocks for heading in block.section}
        lost += [(name, one) for one in lesson.missions if one not in course.missions]
        lost += [(name, one) for one in [*lesson.concepts, *marked] if one not in course.concepts]
        lost += [(name, one.section) for one in lesson.questions if one.section not in headings]
    assert lost == []


def test_every_reference_of_a_fact_leads_somewhere(course: Course) -> None:
    related = [(name, one) for name, mission in course.missions.items() for one in mission.related]
    related += [(name, one) for name, concept in course.concepts.items() for one in concept.related_missions]
    assert [(name, one) for name, one in related if one not in course.missions or one == name] == []


def test_every_source_of_a_golden_question_exists_and_every_question_is_asked_once(course: Course) -> None:
    known = {one.document.doc_id.rpartition(".")[0] for one in course.reading.materials}
    assert [(question["id"], one) for question in course.golden for one in question.get("sources", []) if one not in known] == []
    assert len({question["id"] for question in course.golden}) == len({question["question"] for question in course.golden}) == len(course.golden)
    assert [question["id"] for question in course.golden if bool(question.get("refuse")) == bool(question.get("sources"))] == []


def test_lessons_have_the_length_of_one_lesson(course: Course) -> None:
    lengths = {}
    for name, (lesson, body) in course.lessons.items():
        text = LINK.sub(r"\1", HEADING.sub("", body))
        english = lesson.language == "en"
        length = len(WORD.findall(text)) if english else len(re.findall(f"[{HAN}]", text))
        if not (700 <= length <= 1100 if english else 1000 <= length <= 1800):
            lengths[name] = length
    assert lengths == {}


def test_every_figures_value_stands_in_both_of_its_sentences(course: Course) -> None:
    figures = [(name, figure) for name, mission in course.missions.items() for figure in mission.figures.values()]
    figures += [(name, number) for name, concept in course.concepts.items() for number in concept.numbers]  # type: ignore[misc]
    assert len(figures) > 300
    assert [(name, figure.value, text) for name, figure in figures for text in (figure.en, figure.zh) if lacking(figure.value, text)] == []


def test_every_launch_date_stands_in_both_of_its_sentences(course: Course) -> None:
    launches = [(name, mission.launch) for name, mission in course.missions.items() if mission.launch and mission.launch.date]
    assert len(launches) > 100
    for name, launch in launches:
        year, month, day, *_none = [*str(launch.date).split("-"), "", ""]
        english = [year, *([MONTHS[int(month) - 1]] if month else []), *([str(int(day))] if day else [])]
        chinese = [f"{year}年", *([f"{int(month)}月"] if month else []), *([f"{int(day)}日"] if day else [])]
        assert all(re.search(rf"(?<!\d){part}(?!\d)", launch.en) for part in english), (name, launch.date, launch.en)
        assert all(re.search(rf"(?<!\d){part}", launch.zh) for part in chinese), (name, launch.date, launch.zh)


def test_each_sentence_is_in_its_language(course: Course) -> None:
    sentences = [(name, where, one) for name, fact in course.facts().items() for where, one in told(fact)]
    assert len(sentences) > 1500
    assert [(name, where) for name, where, one in sentences if has_han(one.en)] == []
    assert [(name, where) for name, where, one in sentences if not has_han(one.zh)] == []
    bodies = {name: parse(body)[0].blocks for name, (_lesson, body) in course.lessons.items()}
    assert [name for name, blocks in bodies.items() if name.endswith(".en") and any(has_han(block.text) for block in blocks)] == []
    assert [name for name, blocks in bodies.items() if name.endswith(".zh") and not all(has_han(block.text) for block in blocks)] == []


def test_each_sentence_ends_as_a_sentence(course: Course) -> None:
    sentences = [(name, where, one) for name, fact in course.facts().items() for where, one in told(fact)]
    assert [(name, where) for name, where, one in sentences if not one.en.endswith((".", "!", "?", ".)", '."', ".”"))] == []
    assert [(name, where) for name, where, one in sentences if not one.zh.endswith(("。", "！", "？", "。）", "。”"))] == []
