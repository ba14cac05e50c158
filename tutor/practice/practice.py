"""A lesson's check questions: asked without their answers, marked by the course, explained with the passage that supports them."""

from dataclasses import dataclass
from functools import partial

from knowledge_base.library import Library, Reader
from knowledge_base.types import Check, Document, Passage
from tutor.answering.compose import LinkTo
from tutor.citing import cited
from tutor.errors import NotHere
from tutor.practice.choice import in_order, judge_choice
from tutor.practice.holding import Known
from tutor.practice.ideas import judge_ideas
from tutor.practice.judged import Judged
from tutor.practice.number import judge_number
from tutor.practice.types import CheckQuestion, Mark
from tutor.types import Citation, Language

LONGEST = 4_000  # characters of a reply that are read


@dataclass(frozen=True)
class _Asked:
    """A check question and the lesson's document that asks it."""

    document: Document
    check: Check


class Practice:
    """Asks and marks from the published release; the same reply always gets the same mark. Any call may raise what `Library.reading` raises."""

    def __init__(self, library: Library, link_to: LinkTo) -> None:
        self._library = library
        self._link_to = link_to
        self._release = ""
        self._asked: dict[tuple[str, Language], _Asked] = {}

    async def questions(self, lesson: str, language: Language) -> tuple[CheckQuestion, ...]:
        """A lesson's questions in their order; none for a lesson that has none in this language."""
        async with self._library.reading() as reader:
            return tuple(_shown(one) for one in self._of(reader).values() if (one.document.lesson, one.document.language) == (lesson, language))

    async def hint(self, check_id: str, language: Language) -> str:
        """What helps without giving the answer away. NotHere for a question that the release does not ask."""
        async with self._library.reading() as reader:
            return self._find(reader, check_id, language).check.hint

    async def mark(self, check_id: str, language: Language, reply: str, *, last_try: bool) -> Mark:
        """The mark of a reply in either language; a right one, and any on the `last_try`, tells the answer. NotHere as for `hint`."""
        async with self._library.reading() as reader:
            asked = self._find(reader, check_id, language)
            judge = partial(_judged, reply=reply[:LONGEST], known=reader.uses, last_try=last_try)
            judged = judge(asked)
            other = self._of(reader).get((check_id, "zh" if language == "en" else "en"))
            if judged.verdict != "right" and asked.check.kind != "choice" and other is not None and judge(other).verdict == "right":
                judged = Judged("right")
            if judged.verdict != "right" and not last_try:
                return Mark(judged.verdict, judged.said, None, None, None)
            return Mark(judged.verdict, judged.said, asked.check.answer, asked.check.explanation, self._supporting(reader, asked))

    def _of(self, reader: Reader) -> dict[tuple[str, Language], _Asked]:
        """The release's questions by id and language, gathered once a release."""
        if reader.release_id != self._release:
            documents = reader.documents.values()
            self._asked = {(check.check_id, document.language): _Asked(document, check) for document in documents for check in document.checks}
            self._release = reader.release_id
        return self._asked

    def _find(self, reader: Reader, check_id: str, language: Language) -> _Asked:
        asked = self._of(reader).get((check_id, language))
        if asked is None:
            raise NotHere(f"no question {check_id!r} is asked in this release: begin the lesson's questions anew")
        return asked

    def _supporting(self, reader: Reader, asked: _Asked) -> Citation | None:
        """The passage that holds the supporting sentence, else the first of its section; None when staff took both away."""
        check, passages = asked.check, reader.passages_of(asked.document.doc_id)
        of_section = [passage for passage in passages if check.section in passage.section]
        best = next((one for one in [*of_section, *passages] if _plain(check.passage) in _plain(one.text)), next(iter(of_section), None))
        return cited(best, asked.document, _quote(best, check.passage), self._link_to) if best is not None else None


def _judged(asked: _Asked, *, reply: str, known: Known, last_try: bool) -> Judged:
    check, language = asked.check, asked.document.language
    match check.kind:
        case "choice":
            return judge_choice(check, reply, language, known=known)
        case "number":
            return judge_number(check, reply, language)
        case "short" | "explain":
            return judge_ideas(check, reply, language, known=known, last_try=last_try)


def _shown(asked: _Asked) -> CheckQuestion:
    check, document = asked.check, asked.document
    return CheckQuestion(
        check_id=check.check_id,
        lesson=document.lesson or "",
        language=document.language,
        kind=check.kind,
        question=check.question,
        choices=tuple(choice.text for choice in in_order(check)),
        unit=check.unit,
        level=check.level,
    )


def _quote(passage: Passage, wanted: str) -> str:
    """The wanted words where the passage has them as they are, else the passage's own sentence that holds or begins them."""
    if wanted in passage.text:
        return wanted
    sentences = passage.sentence_texts()
    return next(
        (one for one in sentences if _plain(one) in _plain(wanted) or _plain(wanted) in _plain(one)), sentences[0] if sentences else passage.text
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
