"""Which missions a text names, by any name in either language: those of the course, and numbered ones that the course does not have."""

from collections.abc import Iterable
from functools import lru_cache

from knowledge_base.language import fold, has_han
from knowledge_base.types import Document
from tutor.grounding.reading import Missions
from tutor.question.designators import Designators
from tutor.question.names import missions_of, subject_of

CERTAIN = 3  # characters from which a Chinese name without a number is one wherever it stands, however the words around it are cut


def missions(documents: Iterable[Document]) -> Missions:
    """A function that names the missions of a text: subjects of the documents, and numbered names as words."""
    documents = list(documents)
    names, designators, whole = missions_of(documents), Designators(documents), _whole(documents)

    @lru_cache(maxsize=10_000)  # a passage's sentences are looked at again for every question that finds it
    def named(text: str) -> frozenset[str]:
        numbered = (" ".join((*family, number)) for family, number in designators.named(text))
        folded = fold(text) if has_han(text) else ""
        return names.named(text) | frozenset(numbered) | frozenset(subject for name, subject in whole.items() if name in folded)

    return named


def _whole(documents: Iterable[Document]) -> dict[str, str]:
    found = ((name, document) for document in documents if document.facts and document.kind == "fact" for name in (document.title, *document.aliases))
    return {fold(name): subject_of(document) for name, document in found if len(name) >= CERTAIN and all(map(has_han, name)) and name[-1] != "号"}
