"""The glossary's own sentence for a term that an answer uses and that is too hard for its reader."""

from collections.abc import Sequence

from knowledge_base.instructions import addresses_machine
from knowledge_base.library import Reader
from knowledge_base.types import Evidence, Hit
from tutor.answering.extract import Chosen
from tutor.answering.grade import Grade
from tutor.question.topics import Topics
from tutor.question.understand import Understood

MARKS = ("meaning", "definition")  # of the sentence that explains a term: the glossary's own is for the youngest
NOT_SEARCHED = Evidence(passage_cosine=0.0, sentence_cosine=0.0, lexical=0.0, coverage=0.0, unknown=0.0)


def explanation(told: Sequence[Chosen], question: Understood, grade: Grade, topics: Topics, reader: Reader) -> Chosen | None:
    """The definition of the first hard term in what is told; None when there is none, or when the question or the answer treats of it itself."""
    known = {mention.topic for mention in topics.mentions(question.text)}
    known |= {topic for one in told if (topic := topics.of_document(one.hit.document.doc_id)) is not None}
    used = [mention.topic for one in told for mention in topics.mentions(one.text) if not mention.mission and mention.topic not in known]
    defined = (_definition(f"{topic}.{question.reply_language}", grade, reader) for topic in used)
    return next((chosen for chosen in defined if chosen is not None), None)


def _definition(doc_id: str, grade: Grade, reader: Reader) -> Chosen | None:
    document = reader.documents.get(doc_id)
    if document is None or not grade.is_hard(document):
        return None
    sentence = next((fact.sentence for mark in MARKS for fact in document.facts if fact.field == mark), None)
    if sentence is None or addresses_machine(sentence):  # which a search takes out of its hits, but this is none
        return None
    for passage in reader.passages_of(doc_id):
        for index, text in enumerate(passage.sentence_texts()):
            if text == sentence:
                return Chosen(Hit(passage, document, 0.0, NOT_SEARCHED, ()), index, 0.0)
    return None
