"""Two missions in both languages, each with one passage, and statements that cite them."""

from evaluation.judging.names import MissionNames
from evaluation.judging.statements import Source, Statement
from knowledge_base.language import Language, detect
from knowledge_base.types import Document

NAMES: dict[str, tuple[str, ...]] = {
    "change-5.en": ("Chang'e-5", "CE-5"),
    "change-5.zh": ("嫦娥五号", "嫦娥5号"),
    "change-6.en": ("Chang'e-6", "CE-6"),
    "change-6.zh": ("嫦娥六号",),
}
TEXTS = {
    "change-5.en": "Chang'e-5 landed on the Moon on 1 December 2020 at 15:11 UTC. It brought back 1,731 g of lunar soil from the near side.",
    "change-5.zh": "嫦娥五号于2020年12月1日15:11在月球着陆。它从月球正面带回了1731克月壤。",
    "change-6.en": "Chang'e-6 brought back 1,935.3 g of soil from the far side in June 2024.",
    "change-6.zh": "嫦娥六号于2024年6月从月球背面带回了1935.3克月壤。",
}


def _document(doc_id: str) -> Document:
    title, *aliases = NAMES[doc_id]
    language: Language = "zh" if doc_id.endswith("zh") else "en"
    return Document(doc_id, title, language, "fact", "course", f"{doc_id}.yaml", "", aliases=tuple(aliases))


DOCUMENTS = {doc_id: _document(doc_id) for doc_id in NAMES}
MISSIONS = MissionNames(DOCUMENTS.values())


def source(doc_id: str, quote: str | None = None) -> Source:
    """The passage of a document as the release holds it; its whole text is quoted unless said."""
    document = DOCUMENTS[doc_id]
    return Source(doc_id, doc_id, TEXTS[doc_id], document.title, document.language, TEXTS[doc_id] if quote is None else quote)


def says(text: str, *doc_ids: str) -> Statement:
    """A statement in the language of its text that cites these documents."""
    return Statement(text, detect(text), tuple(map(source, doc_ids)))
