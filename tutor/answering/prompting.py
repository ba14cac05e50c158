"""What the model is given: the rules of a text file, and the passages as marked material."""

from collections.abc import Sequence
from pathlib import Path

from knowledge_base.types import Hit
from tutor.grounding.reading import Source
from tutor.ports import Prompt
from tutor.types import GradeBand, Language, Question

PROMPTS = Path(__file__).parents[1] / "prompts"
ABSENT = "NOT_IN_THE_PASSAGES"  # what the model writes when the passages hold no answer
BANDS: dict[Language, dict[GradeBand, str]] = {
    "en": {
        "1-3": "The student is 6 to 9 years old: use short sentences and everyday words.",
        "4-6": "The student is 9 to 12 years old: use simple sentences, and explain hard words.",
        "7-9": "The student is 12 to 15 years old.",
        "10-12": "The student is 15 to 18 years old: terms of the subject are welcome.",
    },
    "zh": {
        "1-3": "学生6到9岁，请用短句和日常用语。",
        "4-6": "学生9到12岁，请用简单的句子，并解释难懂的词。",
        "7-9": "学生12到15岁。",
        "10-12": "学生15到18岁，可以使用专业术语。",
    },
}


def context_of(hit: Hit) -> str:
    """All that the model is told of a hit: its title, its heading path and its text."""
    return " / ".join([hit.document.title, *hit.passage.headings(hit.document)]) + "\n" + hit.passage.text


def source_of(n: int, hit: Hit) -> Source:
    """The same hit as the sentence gate holds it against what was written."""
    document, passage = hit.document, hit.passage
    return Source(n, (document.title, *document.aliases), passage.headings(document), document.language, passage.sentence_texts())


def prompt(question: Question, language: Language, hits: Sequence[Hit]) -> Prompt:
    """The prompt for a question, with the hits numbered from 1."""
    passages = "\n\n".join(_marked(n, hit) for n, hit in enumerate(hits, 1))
    band = BANDS[language][question.grade_band] if question.grade_band is not None else ""
    rules = (PROMPTS / f"{language}.txt").read_text(encoding="utf-8")
    return Prompt(rules.format(band=band, absent=ABSENT, passages=passages), question.text)


def _marked(n: int, hit: Hit) -> str:
    """A passage between marks that its own text cannot imitate."""
    text = context_of(hit).replace("<", "‹").replace(">", "›")
    return f'<passage n="{n}">\n{text}\n</passage>'
