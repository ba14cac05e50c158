"""Question sets small enough to work out by hand, written into folders."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from evaluation.sets import QuestionSet
from ingest import Ingestion, Order
from knowledge_base.calibration import Calibration, Fusion, Gate, SentenceWeights
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder

# Passes a question once a passage holds two fifths of its words, each weighed by its rarity.
CALIBRATION = Calibration(
    version=1,
    fusion=Fusion(passage_cosine=1, sentence_cosine=1, lexical=0.3, coverage=0.5, same_language=0.2),
    gate=Gate(bias=-3.2, passage_cosine=0, sentence_cosine=0, coverage=8, unknown=0, margin=0, bar=0.5),
    sentence=SentenceWeights(lag=10, cosine=10, coverage=5, fit=0.5),
)

SPACE_DOCS = {
    "en-tanks.md": "Rockets drop their empty tanks because less mass is easier to speed up. The Saturn V had three stages.",
    "zh-tanks.md": "火箭抛掉空贮箱，因为质量小了更容易加速。土星五号有三级。",
    "en-dust.md": "Moon dust sticks to everything because sunlight charges its grains. The dust of the Moon smells of gunpowder.",
    "en-gas.md": "Hot gas leaves the nozzle of the engine at 3,000 m/s and pushes the rocket forwards.",
    "en-clock.md": "Navigation satellites carry atomic clocks made with rubidium. A clock error of one microsecond means 300 m on the ground.",
    "en-crew.md": "Fei Junlong commanded the flight of Shenzhou-15. The crew stayed in orbit for six months.",
}
SPACE_QUESTIONS: Sequence[Mapping[str, object]] = (
    {
        "id": "tanks",
        "question": "Why do rockets drop their empty tanks?",
        "doc": "en-tanks.md",
        "doc_other_language": "zh-tanks.md",
        "answers": ["less mass"],
    },
    {"id": "tanks-zh", "question": "火箭为什么抛掉空贮箱？", "lang": "zh", "doc": "zh-tanks.md", "answers": ["更容易 加速"]},
    {"id": "dust", "question": "Why does Moon dust stick to everything?", "doc": "en-dust.md", "answers": ["sunlight", "electricity"]},
    {"id": "gas", "question": "What leaves the nozzle of the engine?", "doc": "en-gas.md", "answers": ["hot gas"]},
    {"id": "clock", "question": "Which atomic clocks do navigation satellites carry?", "doc": "en-dust.md", "answers": ["caesium"]},
    {"id": "painter", "question": "Who painted the famous sunflowers?", "answerable": False, "doc": "en-dust.md", "answers": ["gunpowder"]},
    {"id": "crew", "question": "Who commanded the flight?", "answerable": False},
)

SEA_DOCS = {
    "whale.md": "Blue whales sing songs that carry across a whole ocean. A blue whale weighs as much as thirty elephants.",
    "coral.md": "Corals are animals that build reefs of chalk. Warm water makes corals lose their colour.",
    "tide.md": "Tides rise and fall twice a day because the Moon pulls the sea. The highest tides come at full Moon.",
}
SEA_QUESTIONS: Sequence[Mapping[str, object]] = (
    {"id": "whale", "question": "Which animals sing songs across a whole ocean?", "doc": "whale.md", "answers": ["blue whales"]},
    {"id": "coral", "question": "What makes corals lose their colour?", "doc": "coral.md", "answers": ["warm water"]},
    {"id": "tide", "question": "Why do tides rise and fall twice a day?", "doc": "tide.md", "answers": ["the Moon pulls"]},
    {"id": "ship", "question": "Which ship carried cotton to Liverpool?", "answerable": False},
)


def write_set(folder: Path, docs: Mapping[str, str], questions: Sequence[Mapping[str, object]]) -> Path:
    """A set in the evaluation format, in the new `folder`."""
    (folder / "docs").mkdir(parents=True)
    for name, text in docs.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    lines = [json.dumps({"lang": "en", **question}, ensure_ascii=False) for question in questions]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_space(folder: Path) -> Path:
    """Five answerable questions, one of them with a wrong gold document and answer, and two that have no answer."""
    return write_set(folder / "space", SPACE_DOCS, SPACE_QUESTIONS)


def write_sea(folder: Path) -> Path:
    """Three answerable questions and one that has no answer."""
    return write_set(folder / "sea", SEA_DOCS, SEA_QUESTIONS)


@contextmanager
def library_of(questions: QuestionSet, folder: Path) -> Iterator[Library]:
    """A set's documents published in the new `folder` and open."""
    data = DataFolder(folder)
    report = Ingestion(data, HashingEmbedder).run(Order([questions.docs]))
    assert not report.problems
    library = Library(data, HashingEmbedder(), calibration=CALIBRATION)
    try:
        yield library
    finally:
        library.close()
