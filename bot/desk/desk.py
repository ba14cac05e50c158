"""The desk: what is heard goes to the one who does it, and what goes wrong is told kindly."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from bot.desk import browsing, choosing, entries, judging, privacy, quiz
from bot.desk.actions import parse
from bot.desk.asking import ask, asked_by_button
from bot.desk.ports import Rooms
from bot.desk.visit import Visit
from bot.desk.words import WORDS
from bot.outline import outline
from bot.port import Channel, Command, Heard, Person, Press, Reply, Text
from tutor.catalogue import Card
from tutor.errors import MemoryUnavailable
from tutor.learners import Learner
from tutor.types import Language

log = logging.getLogger(__name__)

Handler = Callable[[Visit, str], Awaitable[None]]

COMMANDS: Mapping[str, Handler] = {
    "ask": ask,
    "feedback": judging.feedback,
    "forget": privacy.forget,
    "help": choosing.help_,
    "lang": choosing.language,
    "lessons": browsing.lessons,
    "level": choosing.level,
    "missions": browsing.missions,
    "new": choosing.new,
    "privacy": privacy.privacy,
    "quiz": quiz.quiz,
    "sources": judging.sources,
    "start": choosing.start,
    "stop": quiz.stop,
}
ACTIONS: Mapping[str, Handler] = {
    "about": entries.about,
    "ask": asked_by_button,
    "down": judging.judge(helpful=False),
    "hint": quiz.hint,
    "lang": choosing.language,
    "lessons": browsing.lessons,
    "level": choosing.level,
    "missions": browsing.missions,
    "open": entries.open_,
    "pick": quiz.pick,
    "quiz": quiz.begin_pressed,
    "quizzes": quiz.choose,
    "quote": judging.quote,
    "show": entries.show,
    "stop": quiz.stop,
    "up": judging.judge(helpful=True),
}
KEEPS_QUIZ = {"stop", "forget"}  # the first tells the score, the second erases it


class FrontDesk:
    """The desk of one messenger, whose people are `tenant`'s. Places may be heard at the same time, each by itself in order."""

    def __init__(self, rooms: Rooms, *, tenant: str) -> None:
        self._rooms = rooms
        self._tenant = tenant

    def commands(self, language: Language) -> tuple[tuple[str, str], ...]:
        """The commands to offer, each with what it does."""
        return WORDS[language].commands

    def caller(self, person: Person) -> str:
        """The pseudonym of one of this messenger's people."""
        return self._rooms.memory.caller(self._tenant, person.subject)

    async def hear(self, heard: Heard, channel: Channel) -> None:
        """Does what is asked and says what there is to say. What goes wrong is told kindly there and logged, and not raised."""
        try:
            await _heed(await self._visit(heard, channel))
        except MemoryUnavailable as error:
            log.error("what is kept of learners cannot be read or written: %s", error)
            await _apologise(heard, channel, WORDS[heard.person.language].asking.memory_away)
        except Exception as error:
            log.error("what was heard was not answered: %s", outline(error))
            await _apologise(heard, channel, WORDS[heard.person.language].asking.apology)

    async def cards(self, query: str, language: Language) -> tuple[Card, ...]:
        """Facts to drop into any conversation, best first, at most ten; none for a blank query, nor when there is nothing to look in."""
        if not query.strip():
            return ()
        try:
            return await self._rooms.catalogue.cards(query.strip(), language)
        except Exception as error:
            log.error("no cards were found: %s", outline(error))
            return ()

    async def _visit(self, heard: Heard, channel: Channel) -> Visit:
        memory, caller = self._rooms.memory, self.caller(heard.person)
        place = memory.caller(self._tenant, f"\x1fplace\x1f{heard.place.name}")
        learner = Learner()
        with suppress(MemoryUnavailable):  # one can still ask
            learner = await self._rooms.learners.learner(caller)
        return Visit(self._rooms, heard, channel, caller, place, learner)


async def _heed(visit: Visit) -> None:
    said = visit.heard.said
    if isinstance(said, Command):
        await _command(visit, said)
    elif isinstance(said, Press):
        await _press(visit, said)
    elif not isinstance(said, Text):
        await visit.say(visit.words.asking.only_text)
    elif quiz.is_open(visit):
        await quiz.reply(visit, said.text)
    else:
        await ask(visit, said.text)


async def _command(visit: Visit, command: Command) -> None:
    """In a group an unknown one may be meant for somebody else."""
    handler = COMMANDS.get(command.name)
    if handler is None and not visit.heard.place.private:
        return
    if command.name not in KEEPS_QUIZ:
        visit = await quiz.leave(visit)
    await (handler or choosing.help_)(visit, command.argument)


async def _press(visit: Visit, press: Press) -> None:
    verb, about = parse(press.action) or ("", "")
    handler = ACTIONS.get(verb)
    if handler is None:
        await visit.channel.hint(visit.words.asking.hint_old)
    else:
        await handler(visit, about)


async def _apologise(heard: Heard, channel: Channel, text: str) -> None:
    """The channel may be what failed."""
    try:
        await channel.say(Reply(text, heard.person.language))
    except Exception as error:
        log.error("an apology was not delivered: %s", outline(error))
