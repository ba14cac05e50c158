"""The questions of a course's own set that were not answered rightly, each with what stood in the way, as far as figures tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from evaluation.run import DEPTHS, Outcome

SHOWN = 200  # characters of an answer


@dataclass(frozen=True)
class Missed:
    """One question, why it counts as missed, and what was answered."""

    item_id: str
    question: str
    why: str
    answer: str


def missed(outcomes: Sequence[Outcome]) -> Iterator[Missed]:
    """Those that are not right, in the order asked."""
    for one in outcomes:
        if not one.right:
            item, text = one.item, " ".join(one.answer.text.split())
            question = f"{item.after} → {item.question}" if item.after else item.question
            yield Missed(item.item_id, question, _why(one), text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def as_table(name: str, rows: Sequence[Missed]) -> Table:
    """For a terminal."""
    table = Table(title=f"{name}: {len(rows)} not answered rightly", title_justify="left", show_lines=True)
    for heading in ("id", "question", "why", "answer"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.item_id, row.question, row.why, row.answer)
    return table


def as_page(name: str, rows: Sequence[Missed], about: str) -> str:
    """The same as Markdown."""
    lines = [f"# {name}: {len(rows)} questions not answered rightly", "", about, "", "| id | question | why | answer |", "|---|---|---|---|"]
    lines += [f"| {row.item_id} | {_cell(row.question)} | {row.why} | {_cell(row.answer)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _why(one: Outcome) -> str:
    cited = list(dict.fromkeys(citation.doc_id for citation in one.answer.citations))
    if not one.item.answerable:
        return f"answered, from {', '.join(cited)}, what is to be refused"
    found = _found(one)
    if one.refused:
        return f"refused, at confidence {one.answer.confidence:.2f}; {found}"
    if any(one.item.is_right(doc_id) for doc_id in cited):
        return "answered from the right document, by another of its sentences"
    return f"answered from {', '.join(cited)}; {found}"


def _found(one: Outcome) -> str:
    if one.item.after is not None:
        return "a follow-up, which is not searched for by itself"
    if not one.item.has_document:
        return "no document is named as right"
    return f"the right document is hit {one.rank}" if one.rank is not None else f"the right document is not among the first {max(DEPTHS)} hits"
