"""Whether a message raises a concern, the gravest first. Only patterns decide; the course is not asked."""

import re
from typing import Literal

from knowledge_base.language import has_han
from tutor.safety import abuse, contact, danger, injection, self_harm, weapons
from tutor.safety.readings import readings
from tutor.safety.rules import Rule

Concern = Literal["self-harm", "danger", "weapons", "contact", "abuse", "injection"]

# Of each the rules for messages that hold Latin letters (English, pinyin and its initials), and for those that hold Han characters.
RULES: tuple[tuple[Concern, tuple[Rule, ...], tuple[Rule, ...]], ...] = (
    ("self-harm", self_harm.LATIN, self_harm.HAN),
    ("danger", danger.LATIN, danger.HAN),
    ("weapons", weapons.LATIN, weapons.HAN),
    ("contact", contact.LATIN, contact.HAN),
    ("abuse", abuse.LATIN, abuse.HAN),
    ("injection", injection.LATIN, injection.HAN),
)
_LATIN = re.compile("[a-z]")


def prepare() -> None:
    """Makes every pattern ready, which takes half a second once; the first message would wait for it."""
    for _concern, for_latin, for_han in RULES:
        for rule in (*for_latin, *for_han):
            rule.prepare()


def screen(text: str) -> Concern | None:
    """The gravest concern that the text raises, None when it may be answered."""
    read = readings(text)
    latin, han = any(_LATIN.search(one) for one in read.texts), has_han(text)
    for concern, for_latin, for_han in RULES:
        if any(rule.found_in(read) for rule in (*(for_latin if latin else ()), *(for_han if han else ()))):
            return concern
    return None
