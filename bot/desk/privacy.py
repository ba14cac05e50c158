"""What is kept of a person, and that it is erased when they say so."""

from bot.desk.visit import Visit
from bot.desk.words import Words
from tutor.learners import Kept


async def privacy(visit: Visit, _argument: str) -> None:
    """What is kept, under which name, how long, who sees it, and how it is erased."""
    words, policy = visit.words.choosing, visit.rooms.policy
    model = [words.privacy_model.format(policy.model)] if policy.model is not None else []
    await visit.say("\n\n".join([words.privacy.format(policy.retention_days), *model]))


async def forget(visit: Visit, _argument: str) -> None:
    """Erases at once, then tells what was there and what is there now."""
    words, learners = visit.words, visit.rooms.learners
    await visit.rooms.memory.settle()
    before = await learners.kept(visit.caller)
    await visit.rooms.memory.erase(visit.caller)
    after = await learners.kept(visit.caller)
    if not after.nothing:
        await visit.say(words.choosing.left.format(_listed(after, words)))
    elif before.nothing:
        await visit.say(words.choosing.nothing_was_kept)
    else:
        await visit.say(words.choosing.forgotten.format(_listed(before, words), _listed(after, words)))


def _listed(kept: Kept, words: Words) -> str:
    told = [
        *([words.choosing.answers.format(kept.answers)] if kept.answers else []),
        *([words.choosing.judgements.format(kept.judgements)] if kept.judgements else []),
        *([words.choosing.choices] if kept.learner else []),
    ]
    return words.choosing.between.join(told) or words.choosing.nothing
