"""All that is found out before anything is written: what the files hold, what the release built upon holds, the plan, a reason to refuse."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.course.golden import Golden, find_golden
from ingest.course.notices import due_problems, in_one_language, left_out
from ingest.errors import NothingToRead
from ingest.plan import Held, all_gone, effective, held_by, make_plan
from ingest.read import read
from ingest.types import STAFF, Material, Order, Plan, Problem, Report
from ingest.withdrawals import withdrawn
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.review import GoldenQuestion, Review

MANY = 10  # documents; a source that loses as many and keeps none was named by mistake more often than not
NAMED = 8  # failing questions named in one line


@dataclass(frozen=True)
class Work:
    """What an order comes to. `failed` are the paths that gave nothing, `refused` is why nothing may be built."""

    materials: Sequence[Material]
    held: Held
    plan: Plan
    golden: tuple[GoldenQuestion, ...]
    base: Manifest | None
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    refused: str | None

    def report(self) -> Report:
        """What there is to say while nothing is built."""
        return Report(
            release=self.base.release if self.base else None,
            published=False,
            plan=self.plan,
            failed=self.failed,
            passages=self.base.passages if self.base else 0,
            embedded=0,
            seconds=0.0,
            problems=self.problems,
            refused=self.refused,
        )


def prepare(data: DataFolder, order: Order, today: dt.date) -> Work:
    """Reads and plans; writes nothing. NothingToRead when the paths hold no material, which a source may only come to when that is meant."""
    base = publish.base(data)
    held, gone = held_by(data, base), withdrawn(data)
    reading = read(order.paths, source=order.source, strict=order.strict, published=held.documents.values())
    if not reading.materials and not reading.failed and not _may_be_empty(order):
        hint = next((f"{one.path}: {one.what}" for one in reading.problems), "give lessons, facts or files")
        raise NothingToRead(f"there is nothing to read in {', '.join(repr(str(path)) for path in order.paths)}: {hint}")
    found = find_golden(order.paths)
    plan = make_plan(reading, held, order.source, gone)
    golden = held.golden if found.questions is None or order.source == STAFF else found.questions
    failed = (*reading.failed, *found.failed)
    materials = effective(reading, held, order.source, gone)
    passed_over = left_out(reading, materials, held.documents)
    kept = held.kept(plan)
    alone = in_one_language([material.document for material in reading.materials], kept)
    return Work(
        materials=materials,
        held=held,
        plan=plan,
        golden=golden,
        base=base,
        problems=(*reading.problems, *found.problems, *passed_over, *due_problems(reading, today), *alone),
        failed=failed,
        refused=_strictly(order, dict.fromkeys((*failed, *reading.unsound, *(problem.path for problem in alone))))
        or _emptying(order, all_gone(plan, held, order.source, gone))
        or _unasked(order, found, golden),
    )


def _may_be_empty(order: Order) -> bool:
    return order.allow_removals or order.source == STAFF


def _strictly(order: Order, failed: Collection[str]) -> str | None:
    if not order.strict or not failed:
        return None
    files = "a file fails" if len(failed) == 1 else f"{len(failed)} files fail"
    return f"--strict: {files}, so nothing is built: mend the problems above and ingest again"


def _emptying(order: Order, going: int) -> str | None:
    if going < MANY or _may_be_empty(order):
        return None
    return (
        f"all {going} documents of the source {order.source!r} would be withdrawn: "
        "give these files a source of their own with --source NAME, or add --allow-removals if that is meant"
    )


def _unasked(order: Order, found: Golden, questions: Sequence[GoldenQuestion]) -> str | None:
    if not order.require_golden:
        return None
    if found.failed:
        return "--require-golden: the golden questions cannot be read: mend the problem above and ingest again"
    return None if questions else "--require-golden: there are no golden questions: write them into golden.yaml beside the course's course.yaml"


def refused_answers(review: Review | None, release: str) -> str | None:
    """Why a release whose golden questions must all be right may not be published."""
    if review is None:
        return f"--require-golden: nobody asked release {release} the golden questions, so it is not published"
    if not review.failing:
        return None
    named = ", ".join(review.failing[:NAMED]) + (f" and {len(review.failing) - NAMED} more" if len(review.failing) > NAMED else "")
    return (
        f"--require-golden: {len(review.failing)} of {review.questions} golden questions fail ({named}): "
        f"release {release} is built and not published; mend what they ask about, or run navigator releases publish {release}"
    )
