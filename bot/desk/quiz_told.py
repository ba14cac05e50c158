"""How a quiz's questions, marks and score are said."""

from dataclasses import dataclass, replace
from string import ascii_uppercase

from bot.desk.actions import action, key
from bot.desk.quiz_state import Quiz
from bot.desk.sources import sources_of
from bot.desk.visit import Rows
from bot.desk.words import WORDS
from bot.port import Button, Reply
from tutor.practice.types import CheckQuestion, Mark, Verdict
from tutor.types import Language

PICKS = ascii_uppercase
AGAIN = "2"  # behind the letter of a choice that is a second try


@dataclass(frozen=True)
class Given:
    """What was replied: `pick` is what stood on a pressed button, `unsure` that it says only not to know."""

    pick: str | None = None
    unsure: bool = False


def question(check: CheckQuestion, at: int, total: int) -> Reply:
    """Question number `at`, from 0."""
    words = WORDS[check.language].quizzing
    text = f"{_asked(check)}\n\n{words.choose_how if check.choices else words.reply_how}"
    return Reply(text, check.language, title=words.question.format(at + 1, total), buttons=_buttons(check))


def put_again(check: CheckQuestion, mark: Mark, helps: str, *, given: Given) -> Reply:
    """After a first try: what was wrong with it, a hint, and the question once more."""
    words = WORDS[check.language].quizzing
    verdict = words.partly_first if mark.verdict == "partly" else words.wrong_first
    parts = [
        *_picked(given.pick),
        _verdict(verdict, mark, check.language, unsure=words.unsure_first if given.unsure else None),
        f"💡 {helps}",
        f"{words.again}{_gap(check.language)}{_asked(check)}",
    ]
    return Reply("\n\n".join(parts), check.language, buttons=_buttons(check, again=True))


def told(check: CheckQuestion, mark: Mark, *, given: Given) -> Reply:
    """The verdict with the answer, and why, with the source."""
    words = WORDS[check.language].quizzing
    verdicts: dict[Verdict, str] = {"right": words.right, "partly": words.partly, "wrong": words.wrong}
    cited = (mark.citation,) if mark.citation is not None else ()
    sources = sources_of(cited, check.language)
    marks = "".join(f"{_gap(check.language)}[{source.n}]" for source in sources)
    parts = [
        *_picked(given.pick),
        _verdict(verdicts[mark.verdict], mark, check.language, unsure=words.unsure if given.unsure else None),
        *([words.answer.format(mark.answer)] if mark.answer is not None else []),
        *([f"{mark.explanation}{marks}"] if mark.explanation is not None else []),
        *(f"“{quote}”" for source in sources if source.url is None for quote in source.quotes),
    ]
    return Reply("\n\n".join(parts), check.language, title=check.question, sources=tuple(replace(source, quotes=()) for source in sources))


def over(state: Quiz, total: int) -> Reply:
    """The score, and where to go from here."""
    words, doc_key = WORDS[state.language].quizzing, key(state.doc_id)
    partly = [words.some_partly.format(state.partly)] if state.partly else []
    rows: Rows = (
        (Button(words.to_lesson, action("open", doc_key)),),
        (Button(words.once_more, action("quiz", doc_key)), Button(words.other_lesson, action("quizzes"))),
    )
    return Reply(_gap(state.language).join([words.score.format(state.right, total), *partly]), state.language, buttons=rows)


def _asked(check: CheckQuestion) -> str:
    unit = WORDS[check.language].quizzing.in_unit.format(check.unit) if check.unit else ""
    choices = [f"{letter}. {choice}" for letter, choice in zip(PICKS, check.choices, strict=False)]
    return "\n".join([f"{check.question}{unit}", *choices])


def _buttons(check: CheckQuestion, *, again: bool = False) -> Rows:
    words, check_key, tried = WORDS[check.language].quizzing, key(check.check_id), AGAIN if again else ""
    picks = tuple(
        (Button(f"{letter}. {choice}", action("pick", f"{check_key}:{letter}{tried}")),) for letter, choice in zip(PICKS, check.choices, strict=False)
    )
    helps = () if again else (Button(words.hint, action("hint", check_key)),)
    return (*picks, (*helps, Button(words.stop, action("stop"))))


def _verdict(verdict: str, mark: Mark, language: Language, *, unsure: str | None) -> str:
    """Who says not to know is not told what a wrong reply lacks."""
    return unsure if unsure is not None and mark.verdict == "wrong" else _gap(language).join(filter(None, [verdict, mark.said]))


def _gap(language: Language) -> str:
    """What parts two sentences."""
    return "" if language == "zh" else " "


def _picked(pick: str | None) -> list[str]:
    return [f"➤ {pick}"] if pick else []
