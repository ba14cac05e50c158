"""How a quiz's questions, marks and score are said."""

from dataclasses import replace
from string import ascii_uppercase

from bot.desk.actions import action, key
from bot.desk.quiz_state import Quiz
from bot.desk.sources import sources_of
from bot.desk.visit import Rows
from bot.desk.words import WORDS
from bot.port import Button, Reply
from tutor.practice.types import CheckQuestion, Mark, Verdict

PICKS = ascii_uppercase


def question(check: CheckQuestion, at: int, total: int) -> Reply:
    """Question number `at`, from 0."""
    words = WORDS[check.language].quizzing
    text = f"{_asked(check)}\n\n{words.choose_how if check.choices else words.reply_how}"
    return Reply(text, check.language, title=words.question.format(at + 1, total), buttons=_buttons(check))


def put_again(check: CheckQuestion, mark: Mark, helps: str, *, pick: str | None) -> Reply:
    """After a first try: what was wrong with it, a hint, and the question once more."""
    words = WORDS[check.language].quizzing
    verdict = words.partly_first if mark.verdict == "partly" else words.wrong_first
    parts = [*_picked(pick), " ".join(filter(None, [verdict, mark.said])), f"💡 {helps}", f"{words.again} {_asked(check)}"]
    return Reply("\n\n".join(parts), check.language, buttons=_buttons(check, hint=False))


def told(check: CheckQuestion, mark: Mark, *, pick: str | None) -> Reply:
    """The verdict with the answer, and why, with the source."""
    words = WORDS[check.language].quizzing
    verdicts: dict[Verdict, str] = {"right": words.right, "partly": words.partly, "wrong": words.wrong}
    cited = (mark.citation,) if mark.citation is not None else ()
    sources = sources_of(cited, check.language)
    gap = "" if check.language == "zh" else " "
    marks = "".join(f"{gap}[{source.n}]" for source in sources)
    parts = [
        *_picked(pick),
        " ".join(filter(None, [verdicts[mark.verdict], mark.said])),
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
    return Reply(" ".join([words.score.format(state.right, total), *partly]), state.language, buttons=rows)


def _asked(check: CheckQuestion) -> str:
    unit = WORDS[check.language].quizzing.in_unit.format(check.unit) if check.unit else ""
    choices = [f"{letter}. {choice}" for letter, choice in zip(PICKS, check.choices, strict=False)]
    return "\n".join([f"{check.question}{unit}", *choices])


def _buttons(check: CheckQuestion, *, hint: bool = True) -> Rows:
    words, check_key = WORDS[check.language].quizzing, key(check.check_id)
    picks = tuple(
        (Button(f"{letter}. {choice}", action("pick", f"{check_key}:{letter}")),) for letter, choice in zip(PICKS, check.choices, strict=False)
    )
    helps = (Button(words.hint, action("hint", check_key)),) if hint else ()
    return (*picks, (*helps, Button(words.stop, action("stop"))))


def _picked(pick: str | None) -> list[str]:
    return [f"➤ {pick}"] if pick else []
