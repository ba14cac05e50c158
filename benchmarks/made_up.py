"""Asks sixty questions on missions with a model that makes things up, and counts the sentences shown that say what their source lacks.

The count is made by plain search for figures, months and mission names in the cited passages, not by the gate's own code.
"""

import asyncio
import contextlib
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import yaml

from benchmarks.small_model import NAME, small_model
from knowledge_base.library import Library, Reader
from knowledge_base.types import Document
from knowledge_base.words import words
from navigator import wiring
from navigator.settings import load_settings
from tutor.model import Access, Limits, ModelWriter, open_writer
from tutor.ports import Prompt
from tutor.tutor import Tutor
from tutor.types import Answer, Question

QUESTIONS = Path(__file__).with_name("made_up.yaml")
LIMITS = Limits(first=180, between=60, whole=240, tokens=80)  # two slow cores read a prompt for half a minute
_SENTENCE = re.compile(r"(.+?)\s*((?:\[\d+\])+)", re.DOTALL)
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_MONTHS = re.findall(r"\w+", "January February March April May June July August September October November December")
_WORDS = {word: str(n) for n, word in enumerate(re.findall(r"\w+", "two three four five six seven eight nine ten eleven twelve"), 2)}
_HAN = re.compile(r"[两二三四五六七八九十百]+(?=[个名位颗枚天年级次台辆座])")


def lacking(sentence: str, source: str, names: list[frozenset[str]]) -> list[str]:
    """Figures, months and mission names of the sentence that its source does not hold."""
    plain, text = source.replace(",", "").casefold(), sentence.casefold()
    missing = [
        figure for figure in _DIGITS.findall(sentence) if not re.search(rf"(?<![\d.]){re.escape(figure.replace(',', ''))}(?![\d]|\.\d)", plain)
    ]
    missing += [month for month in _MONTHS if re.search(rf"\b{month}\b", sentence) and month.casefold() not in plain]
    missing += [word for word, digit in _WORDS.items() if re.search(rf"\b{word}\b", text) and word not in plain and digit not in plain]
    missing += [numeral for numeral in _HAN.findall(sentence) if numeral not in source]
    missing += [min(known) for known in names if any(_holds(text, name) for name in known) and not any(_holds(plain, name) for name in known)]
    return missing


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


def _names(documents: dict[str, Document]) -> list[frozenset[str]]:
    """Every mission by all its names in both languages."""
    missions: dict[str, set[str]] = {}
    for document in documents.values():
        if document.kind == "fact" and document.facts:
            names = {name.casefold() for name in (document.title, *document.aliases) if len(name) > 3 or not name.isascii()}
            missions.setdefault(document.doc_id.rpartition(".")[0], set()).update(names)
    return [frozenset(names) for names in missions.values() if names]


def _shown(answer: Answer, reader: Reader) -> Iterator[tuple[str, str]]:
    """Every sentence of an answer with all the text of the passages that it cites."""
    cited = {citation.n: citation.passage_id for citation in answer.citations}
    for match in _SENTENCE.finditer(answer.text):
        passages = [reader.passage(cited[int(n)]) for n in re.findall(r"\d+", match[2])]
        yield (
            match[1].strip(),
            "\n".join("\n".join([document.title, *document.aliases, *passage.section, passage.text]) for passage, document in passages),
        )


class Citing:
    """The model with a citation put behind every sentence, of the passage that shares most words with it.

    So small a model never cites, and the gate would refuse all that it says for that alone.
    """

    name = NAME

    def __init__(self, model: ModelWriter) -> None:
        self._model = model
        self.written = 0  # sentences

    async def write(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """The model's text, sentence by sentence."""
        passages = re.findall(r'<passage n="\d+">(.*?)</passage>', prompt.rules, re.DOTALL)
        rest = ""
        async with contextlib.aclosing(self._model.write(prompt)) as pieces:
            async for piece in pieces:
                *whole, rest = _ENDS.split(rest + piece)
                for sentence in whole:
                    yield self._cited(sentence, passages)
        yield self._cited(rest, passages)

    def _cited(self, sentence: str, passages: list[str]) -> str:
        if not re.search(r"\w", sentence):
            return ""
        self.written += 1
        held = set(words(sentence))
        best = max(range(len(passages)), key=lambda at: len(held & set(words(passages[at]))))
        return f"{sentence.strip()} [{best + 1}]\n"


async def _run(library: Library, tutor: Tutor, most: int) -> None:
    asked = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    questions = [question for pair in zip(asked["en"], asked["zh"], strict=True) for question in pair][: 2 * most]
    engines, made_up, sentences, taken = Counter[str](), 0, 0, list[float]()
    async with library.reading() as reader:
        names = _names(reader.documents)
        for question in questions:
            started = time.perf_counter()
            answer = await tutor.ask(Question(question))
            taken.append(time.perf_counter() - started)
            engines[answer.engine if answer.kind == "grounded" else answer.kind] += 1
            print(f"{answer.engine:>8} {taken[-1]:5.1f} s  {question}\n          {answer.text}", flush=True)
            if answer.engine == NAME:
                for sentence, source in _shown(answer, reader):
                    sentences += 1
                    if missing := lacking(sentence, source, names):
                        made_up += 1
                        print(f"    MADE UP {missing}: {sentence}", flush=True)
    print(f"{len(questions)} questions: {dict(engines)}; {sentences} sentences of the model shown, {made_up} say what their source lacks")
    print(f"seconds a turn: median {statistics.median(taken):.1f}, longest {max(taken):.1f}")


def main() -> None:
    """Runs all questions, or the first N of each language."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    library = wiring.published_library(load_settings())
    with small_model() as address:
        writer = Citing(open_writer(Access(NAME, address), LIMITS))
        asyncio.run(_run(library, Tutor(library, writer=writer), most))
        print(f"the model wrote {writer.written} sentences")
    library.close()


if __name__ == "__main__":
    main()
