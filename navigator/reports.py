"""Reports, answers and search results as a person reads them, and an ingestion's report as JSON."""

from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from ingest import Order, Plan, Report
from knowledge_base.types import Results
from navigator.console import messages, results
from navigator.review import show_review, summary
from tutor.types import Answer, Citation

SHOWN = 20  # documents named in a plan before the rest is only counted


def report_json(report: Report) -> dict[str, Any]:
    """The contract's object: a renamed document has changed or, where its path gives it another id, is one added and one removed."""
    plan = report.plan
    renamed = sum(one.before != one.after for one in plan.renamed)
    return {
        "release": report.release,
        "published": report.published,
        "documents": {
            "added": len(plan.added) + renamed,
            "changed": len(plan.changed) + len(plan.renamed) - renamed,
            "removed": len(plan.removed) + renamed,
            "unchanged": len(plan.unchanged),
            "failed": len(report.failed),
        },
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": round(report.seconds, 2),
        "problems": [asdict(problem) for problem in report.problems],
    }


def tell_problems(report: Report) -> None:
    """What a person should mend, on standard error."""
    for problem in report.problems:
        messages.print(f"{problem.path}:{problem.line}: {problem.what}")


def tell_notes(report: Report) -> None:
    """What the contract's object has no room for, on standard error."""
    for note in (*report.notes, *([summary(report.review)] if report.review else [])):
        messages.print(note)


def show_report(report: Report, order: Order) -> None:
    """What changed, what a person should mend, what students will notice, and what to do next."""
    tell_problems(report)
    results.print(plan_table(report.plan))
    for note in report.notes:
        results.print(note)
    if report.review is not None:
        show_review(report.review)
    results.print(_outcome(report, order))


def _outcome(report: Report, order: Order) -> str:
    if order.dry_run:
        idle = report.plan.empty or report.refused is not None
        return "Nothing was written." if idle else "Nothing was written: run the same without --dry-run to publish."
    if report.published:
        return f"Published release {report.release}: {report.passages} passages, {report.embedded} embedded, {report.seconds:.1f} s."
    if report.built:
        return f"Built release {report.release}; the published one stays."
    if report.release is None:
        return "Nothing is published."
    return f"{'Nothing changed' if report.plan.empty else 'Nothing was built'}; release {report.release} stays published."


def plan_table(plan: Plan) -> Table:
    """A plan as a table: a row a kind of change."""
    table = Table(box=None, pad_edge=False)
    for heading in ("change", "documents", "which"):
        table.add_column(heading, justify="right" if heading == "documents" else "left")
    renamed = tuple(f"{one.before} -> {one.after}" if one.before != one.after else one.after for one in plan.renamed)
    rows = (("added", plan.added), ("changed", plan.changed), ("renamed", renamed), ("removed", plan.removed), ("unchanged", plan.unchanged))
    for kind, ids in rows:
        named = "" if kind == "unchanged" else ", ".join(ids[:SHOWN]) + (f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else "")
        table.add_row(kind, str(len(ids)), Text(named))
    return table


def show_answer(answer: Answer) -> None:
    """The answer, then its numbered sources with their quotes."""
    results.print(Text(answer.text))
    for citation in answer.citations:
        results.print()
        results.print(Text(f"[{citation.n}] {_place(citation)}", style="bold"))
        results.print(Text(f"    “{' '.join(citation.quote.split())}”"))
        if citation.url:
            results.print(Text(f"    {citation.url}"))
    if answer.notice:
        results.print()
        results.print(Text(answer.notice, style="dim"))


def _place(citation: Citation) -> str:
    english = citation.language == "en"
    page, as_of = ("p. {}", "as of {}") if english else ("第 {} 页", "截至 {}")
    moment = None if citation.position_s is None else f"{int(citation.position_s) // 60}:{int(citation.position_s) % 60:02}"
    parts = [citation.title, citation.section, citation.page and page.format(citation.page), moment, citation.as_of and as_of.format(citation.as_of)]
    return " · ".join(part for part in parts if part)


def show_results(found: Results) -> None:
    """The passages found, best first."""
    if not found.hits:
        results.print("Nothing was found.")
    for rank, hit in enumerate(found.hits, 1):
        headings = " / ".join(hit.passage.headings(hit.document))
        results.print(
            Text(f"{rank}. {hit.document.title}{' · ' + headings if headings else ''}  ({hit.document.doc_id}, {hit.score:.3f})", style="bold")
        )
        results.print(Text(hit.passage.text))
        results.print()
