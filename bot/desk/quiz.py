"""A quiz on one lesson: its check questions one by one, a hint and a second try before the answer is told, the score in the end.

While one is open in a place, what is written there is a reply to its question, unless it asks for help, is plainly a question to the tutor,
or something that the tutor's screen stops: that is answered, and the quiz's own is put again. Any command ends it.
"""

from dataclasses import dataclass, replace

from bot.desk.actions import key
from bot.desk.asking import ask
from bot.desk.browsing import Shelf, by_unit, leaf, lessons_in, page_and_name
from bot.desk.entries import find, find_lesson
from bot.desk.quiz_replies import asks, is_unsure, wants_help
from bot.desk.quiz_state import Quiz, read
from bot.desk.quiz_told import AGAIN, PICKS, Given, over, put_again, question, told
from bot.desk.visit import Visit
from bot.port import Press, Reply
from tutor.catalogue import LessonEntry
from tutor.practice.types import CheckQuestion, Mark
from tutor.safety.screen import screen


@dataclass(frozen=True)
class Open:
    """The quiz that is open here: where it is, and its question among all of its lesson's."""

    state: Quiz
    questions: tuple[CheckQuestion, ...]

    @property
    def check(self) -> CheckQuestion:
        """The question that is open."""
        return self.questions[self.state.at]

    @property
    def last(self) -> bool:
        """Whether no question follows."""
        return self.state.at + 1 == len(self.questions)


async def quiz(visit: Visit, argument: str) -> None:
    """Begins with the lesson named, or offers all that have check questions, the one opened last first."""
    lesson = await find_lesson(visit, argument) if argument else None
    if lesson is None:
        await choose(visit, "")
    else:
        await begin(visit, lesson)


async def choose(visit: Visit, page: str) -> None:
    """Lessons to be quizzed on."""
    words = visit.words.quizzing
    lessons = [entry for entry in await lessons_in(visit, visit.language) if entry.checks]
    newest = [entry for entry in lessons if entry.lesson == visit.learner.lesson]
    rest = [entry for entry in lessons if entry.lesson != visit.learner.lesson]
    if lessons:
        pages = (*by_unit([replace(entry, unit=None) for entry in (*newest, *rest)]),)
        await leaf(visit, Shelf("quizzes", "quiz", words.choose, visit.words.browsing.choose), pages, page_and_name(page)[0])
    else:
        await visit.say(words.no_quizzes)


async def begin_pressed(visit: Visit, doc_key: str) -> None:
    """Begins with the lesson whose button was pressed."""
    lesson = await find(visit, doc_key)
    if isinstance(lesson, LessonEntry):
        await begin(visit, lesson)
    else:
        await visit.channel.hint(visit.words.asking.hint_old)


async def begin(visit: Visit, lesson: LessonEntry) -> None:
    """Puts the first question."""
    checks = await visit.rooms.practice.questions(lesson.lesson, lesson.language)
    if not checks:
        await visit.say(visit.words.quizzing.none_here)
        return
    state = Quiz(visit.place, lesson.doc_id, lesson.lesson, lesson.language, checks[0].check_id)
    visit = await visit.keep(quiz=state.written(), lesson=lesson.lesson)
    await visit.channel.say(question(checks[0], 0, len(checks)))


def is_open(visit: Visit) -> bool:
    """Whether what is written here is meant for a quiz."""
    state = read(visit.learner.quiz)
    return state is not None and state.place == visit.place


async def reply(visit: Visit, text: str) -> None:
    """Marks what was written, or helps, or has the tutor answer it when it asks something, or tells what nobody may pass over."""
    plea = wants_help(text) or is_unsure(text)
    if screen(text) is not None or (asks(text) and not plea):
        await ask(visit, text)
        opened = await _opened(visit)
        if opened is not None:
            await visit.channel.say(question(opened.check, opened.state.at, len(opened.questions)))
    elif wants_help(text):
        await _help(visit, await _opened(visit))
    elif (opened := await _opened(visit)) is not None:
        await _mark(visit, opened, text)


async def pick(visit: Visit, about: str) -> None:
    """Marks the choice whose button was pressed."""
    check_key, _, picked = about.rpartition(":")
    opened = await _meant(visit, check_key)
    if opened is None:
        return
    letter = picked.removesuffix(AGAIN)
    if letter not in tuple(PICKS[: len(opened.check.choices)]):
        await visit.channel.hint(visit.words.quizzing.hint_other)
    elif (letter != picked) is opened.state.tried:  # else it was pressed twice, and the second press takes no second try
        await _mark(visit, opened, letter)


async def hint(visit: Visit, check_key: str) -> None:
    """Helps with the open question."""
    await _help(visit, await _meant(visit, check_key))


async def stop(visit: Visit, _argument: str) -> None:
    """Ends the quiz with the score so far."""
    state = read(visit.learner.quiz)
    words = visit.words.quizzing
    if state is None:
        await (visit.channel.hint if visit.pressed else visit.say)(words.no_quiz)
        return
    await leave(visit)
    await visit.say(words.stopped.format(state.right, state.at))


async def leave(visit: Visit) -> Visit:
    """Ends the quiz without a word."""
    return await visit.keep(quiz=None) if visit.learner.quiz is not None else visit


async def _help(visit: Visit, opened: Open | None) -> None:
    if opened is not None:
        helps = await visit.rooms.practice.hint(opened.check.check_id, opened.state.language)
        await visit.channel.say(Reply(f"💡 {helps}", opened.state.language))


async def _mark(visit: Visit, opened: Open, text: str) -> None:
    state, check, given = opened.state, opened.check, Given(_picked(visit), is_unsure(text))
    mark = await visit.rooms.practice.mark(check.check_id, state.language, text, last_try=state.tried)
    if mark.answer is None and mark.verdict != "right":
        helps = await visit.rooms.practice.hint(check.check_id, state.language)
        await visit.put(put_again(check, mark, helps, given=given))
        await visit.keep(quiz=state.again().written())
        return
    await visit.put(told(check, mark, given=given))
    await _go_on(visit, opened, mark)


async def _go_on(visit: Visit, opened: Open, mark: Mark) -> None:
    """The next question, or the score; it is kept once it is said, so that after a fall nothing is lost but a repetition."""
    state, total = opened.state, len(opened.questions)
    if opened.last:
        await visit.channel.say(over(state.counted(mark.verdict), total))
        await visit.keep(quiz=None)
        return
    following = opened.questions[state.at + 1]
    await visit.channel.say(question(following, state.at + 1, total))
    await visit.keep(quiz=state.onward(mark.verdict, following.check_id).written())


async def _opened(visit: Visit) -> Open | None:
    """The quiz, if its question still stands where it stood; else it ends with kind words."""
    state = read(visit.learner.quiz)
    if state is None:
        await visit.say(visit.words.quizzing.no_quiz)
        return None
    opened = Open(state, await visit.rooms.practice.questions(state.lesson, state.language))
    if state.at < len(opened.questions) and opened.check.check_id == state.check_id:
        return opened
    await leave(visit)
    await visit.say(visit.words.quizzing.changed)
    return None


async def _meant(visit: Visit, check_key: str) -> Open | None:
    """The quiz whose open question a button belongs to; else a hint."""
    state = read(visit.learner.quiz)
    if state is not None and state.place == visit.place and key(state.check_id) == check_key:
        return await _opened(visit)
    await visit.channel.hint(visit.words.quizzing.hint_other)
    return None


def _picked(visit: Visit) -> str | None:
    said = visit.heard.said
    return said.label if isinstance(said, Press) else None
