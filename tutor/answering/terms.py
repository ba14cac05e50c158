"""The glossary's own sentence for a term: the one that a question asks to have explained, or one in an answer that is too hard for its reader."""

import re
from collections.abc import Sequence

from knowledge_base.instructions import addresses_machine
from knowledge_base.language import fold
from knowledge_base.library import Reader
from knowledge_base.types import Evidence, Hit
from tutor.answering.extract import Chosen
from tutor.answering.grade import Grade
from tutor.question.topics import Topics
from tutor.question.understand import Understood

# Marks of the sentence that explains a term; of a concept's two the glossary's own is for the youngest.
MARKS = ("definition",)
MARKS_YOUNG = ("meaning", "definition")
NOT_SEARCHED = Evidence(passage_cosine=0.0, sentence_cosine=0.0, lexical=0.0, coverage=0.0, unknown=0.0)
_ASKED = tuple(
    re.compile(rf"\W*{asked}\W*", re.IGNORECASE)
    for asked in (
        r"(?:(?:so|and|please|hey)\W+)*(?:tell me\s+)?what(?:\s+exactly)?(?:'s|\s+is|\s+are|s)\s+(?:exactly\s+)?(?P<what>.+?)(?:\s+exactly)?",
        r"(?:what\s+)?(?:does|do|is)\s+(?P<what>.+?)\s+(?:mean|means|stand for)",
        r"(?:what is\s+)?the (?:meaning|definition) of\s+(?P<what>.+?)",
        r"(?:please\s+)?(?:define|explain)\s+(?P<what>.+?)",
        r"(?P<what>.+?)\s+(?:meaning|definition)",
        "(?:请问|请解释一下|请解释|解释一下|解释|那|那么)?(?:什么是|什么叫做?|啥是|啥叫|何为|何谓)(?P<what>.+?)(?:呢|啊|呀)?",
        "(?:请问|那|那么)?(?P<what>.+?)(?:到底|究竟)?(?:是什么意思|是什么东西|是什么|是啥意思|是啥|指什么|指的是什么|什么意思|的意思|的意思是什么|的定义)(?:呢|啊|呀)?",
        "(?:请解释一下|请解释|解释一下)(?P<what>.+?)",
    )
)
_ARTICLE = re.compile(r"^(?:(?:the word|the term|a word called|an?|the)\s+|一个|一种)|[\"“”'‘’「」《》]", re.IGNORECASE)


def asked_meaning(question: Understood, grade: Grade, topics: Topics, reader: Reader) -> Chosen | None:
    """The sentence that explains the one term of the glossary whose meaning is asked, and nothing else; None when it is another question."""
    text = fold(question.text)
    things = (match["what"] for asks in _ASKED if (match := asks.fullmatch(text)))
    topic = next((topic for thing in things if (topic := topics.whole(_ARTICLE.sub("", thing))) is not None), None)
    if topic is None or topics.is_mission(topic):
        return None
    return _told(f"{topic}.{question.reply_language}", MARKS_YOUNG if grade.young else MARKS, reader)


def explanation(told: Sequence[Chosen], question: Understood, grade: Grade, topics: Topics, reader: Reader) -> Chosen | None:
    """The definition of the first hard term in what is told; None when there is none, or when the question or the answer treats of it itself."""
    known = {mention.topic for mention in topics.mentions(question.text)}
    known |= {topic for one in told if (topic := topics.of_document(one.hit.document.doc_id)) is not None}
    used = [mention.topic for one in told for mention in topics.mentions(one.text) if not mention.mission and mention.topic not in known]
    terms = (f"{topic}.{question.reply_language}" for topic in used)
    defined = (_told(term, MARKS_YOUNG, reader) for term in terms if term in reader.documents and grade.is_hard(reader.documents[term]))
    return next((chosen for chosen in defined if chosen is not None), None)


def _told(doc_id: str, marks: Sequence[str], reader: Reader) -> Chosen | None:
    document = reader.documents.get(doc_id)
    if document is None:
        return None
    sentence = next((fact.sentence for mark in marks for fact in document.facts if fact.field == mark), None)
    if sentence is None or addresses_machine(sentence):  # which a search takes out of its hits, but this is none
        return None
    for passage in reader.passages_of(doc_id):
        for index, text in enumerate(passage.sentence_texts()):
            if text == sentence:
                return Chosen(Hit(passage, document, 0.0, NOT_SEARCHED, ()), index, 0.0)
    return None
