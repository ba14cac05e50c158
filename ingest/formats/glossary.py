"""Tables of terms: recognised by their headers, told as sentences that can be quoted alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.language import detect

_TERM = re.compile(r"\b(?:terms?|words?|concept|glossary)\b|术语|名词|词条|词语|词汇|概念", re.IGNORECASE)
_NAME = re.compile(r"\s*(?:name|entry|名称|条目)\s*", re.IGNORECASE)
_DEFINITION = re.compile(r"\b(?:definitions?|meaning)\b|定义|释义|含义|解释", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:explanation|description)\b|说明|描述", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b(?:en|english|zh|cn|chinese)\b|英文|英语|中文|汉语", re.IGNORECASE)
_ENDED = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")


@dataclass(frozen=True)
class Glossary:
    """Which of a table's columns hold terms and which hold what they mean; `header` names the rest."""

    header: tuple[str, ...]
    terms: tuple[int, ...]
    definitions: tuple[int, ...]

    def told(self, row: Sequence[str]) -> Iterator[str]:
        """A row as one text for each definition: ``比冲 (specific impulse): ...``. Other columns follow it by their names."""
        terms = [row[at] for at in self.terms if row[at]]
        definitions = [row[at] for at in self.definitions if row[at]]
        rest = [at for at in range(len(self.header)) if at not in {*self.terms, *self.definitions} and row[at]]
        besides = [_ended(f"{self.header[at]}: {row[at]}" if self.header[at] else row[at]) for at in rest]
        for definition in definitions or [""]:
            said = [f"{_named(terms, definition)}: {_ended(definition)}" if definition else _named(terms, definition), *besides]
            if any(said):
                yield " ".join(filter(None, said))


def recognised(header: Sequence[str]) -> Glossary | None:
    """The glossary that a table with this header is, None when it is another table."""
    plain = [one.replace("_", " ") for one in header]
    definitions = [at for at, one in enumerate(plain) if _DEFINITION.search(one)]
    terms = [at for at, one in enumerate(plain) if _TERM.search(one) and at not in definitions]
    if terms and not definitions:
        definitions = [at for at, one in enumerate(plain) if _ABOUT.search(one) and at not in terms]
    spoken = [at for at, one in enumerate(plain) if _LANGUAGE.search(one) and at not in {*terms, *definitions}]
    if definitions and not terms and not spoken:
        terms = [at for at, one in enumerate(plain) if _NAME.fullmatch(one)]
    terms = sorted([*terms, *spoken])
    if (terms and definitions) or len(terms) > 1:
        return Glossary(tuple(header), tuple(terms), tuple(definitions))
    return None


def _named(terms: Sequence[str], definition: str) -> str:
    """The term in the language of its definition, the others in parentheses."""
    if not terms:
        return ""
    first = next((term for term in terms if definition and detect(term) == detect(definition)), terms[0])
    others = ", ".join(term for term in terms if term != first)
    return f"{first} ({others})" if others else first


def _ended(text: str) -> str:
    return text if _ENDED.search(text) else text + ("。" if detect(text) == "zh" else ".")
