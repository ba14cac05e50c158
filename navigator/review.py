"""A review of golden questions as a person reads it: how many are right, and every answer, citation or refusal that changes."""

from collections.abc import Iterator

from rich.text import Text

from knowledge_base.review import AnswerChange, GoldenAnswer, Review
from navigator.console import results

NAMED = 40  # wrong ones named in the line of counts
LONGEST = 150  # characters of an answer shown
LEAD = 40  # characters shown before the first that differs


def summary(review: Review) -> str:
    """The counts in one line."""
    before = "" if review.right_before is None else f" (before: {review.right_before})"
    more = f" and {len(review.failing) - NAMED} more" if len(review.failing) > NAMED else ""
    failing = f"; wrong: {', '.join(review.failing[:NAMED])}{more}" if review.failing else ""
    return f"Golden questions: {review.right} of {review.questions} right{before}{failing}."


def show_review(review: Review) -> None:
    """The counts, then what students will notice; nothing more where there was nothing to compare with."""
    results.print(Text(summary(review)))
    if review.before is None:
        return
    results.print(f"Golden questions answered otherwise than before: {len(review.changes)}.")
    for change in review.changes:
        results.print(Text(f"{change.question.question_id}  {change.question.question}{_verdict(change)}", style="bold"))
        for line in _told(change):
            results.print(Text(f"    {line}"))


def _verdict(change: AnswerChange) -> str:
    if change.before is None or change.before.right == change.after.right:
        return ""
    return "  (now right)" if change.after.right else "  (now wrong)"


def _told(change: AnswerChange) -> Iterator[str]:
    before, after = change.before, change.after
    if before is None:
        return
    if set(change.differs) == {"citations"}:
        yield f"cited before: {_cited(before)}"
        yield f"cited after:  {_cited(after)}"
        return
    old, new = (" ".join(answer.answer.split()) for answer in (before, after))
    start = _first_difference(old, new)
    yield f"before: {_kind(before)}{_window(old, start)}"
    yield f"after:  {_kind(after)}{_window(new, start)}"


def _kind(answer: GoldenAnswer) -> str:
    return "" if answer.kind == "grounded" else f"({answer.kind}) "


def _cited(answer: GoldenAnswer) -> str:
    return "; ".join(f"{one.doc_id} “{_window(' '.join(one.quote.split()), 0)}”" for one in answer.citations) or "nothing"


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (ours, theirs) in enumerate(zip(one, other, strict=False)) if ours != theirs), min(len(one), len(other)))


def _window(text: str, at: int) -> str:
    """The text around its character `at`, at most `LONGEST` characters of it."""
    start = max(0, at - LEAD) if len(text) > LONGEST else 0
    end = start + LONGEST
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
