"""A run's figures as a page of Markdown beside its pictures."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from evaluation.beside import Comparison
from evaluation.measure import SetResult
from evaluation.metrics.share import Share
from evaluation.report import Figure, figures

LANGUAGES = {"en": "English", "zh": "Chinese"}
EXPLAINED = """\
Each figure stands with its 95 % interval (Wilson's for shares, the paired bootstrap's for differences) and the n it is made of.
recall@k: the right document is among the first k hits. An answer contains gold when one alternative of what a right answer must hold stands
in it; a refusal counts as a miss. Balanced accuracy: the mean of the unanswerable questions that are refused and of the answerable ones that
are not. A statement of `extract` and `fact`, which quote, is supported when its words stand in the cited passage as the release holds it; a
model's when its numbers, dates and mission names stand there with half of its content words, which tells nothing of a negation. The judge
shares no code with the judged (`evaluation/judging/`). Where a model is set, `extract` is what stepped in for it: the model's own part of the
answers is what survived the sentence gate."""


def as_page(measured: Sequence[SetResult], about: str, *, pictures: Mapping[str, str], beside: Comparison | None) -> str:
    """The whole page; `about` says how and where it was made, `pictures` are file names with what they show."""
    parts: list[tuple[str, Callable[[str], bool]]] = [
        ("By language", lambda part: part in LANGUAGES),
        ("Over both languages", lambda part: part == ""),
        ("By engine", lambda part: part not in LANGUAGES and part != ""),
    ]
    blocks = ["# Results", about, EXPLAINED]
    for title, belongs in parts:
        columns = {
            f"{result.name}{', ' + LANGUAGES.get(part, part) if part else ''}": [one for one in figures(result) if one.part == part]
            for result in measured
            for part in dict.fromkeys(one.part for one in figures(result))
            if belongs(part)
        }
        if columns:
            blocks += [f"## {title}", "\n".join(_table(columns))]
    if beside is not None:
        blocks += ["## Beside a plain chain", f"{beside.pipeline}; both in one run, on the same questions.", "\n".join(_compared(beside))]
    blocks += [f"![{what}]({name})" for name, what in pictures.items()]
    return "\n\n".join(blocks) + "\n"


def _table(columns: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    names = dict.fromkeys(one.name for column in columns.values() for one in column)
    yield _row(["", *columns])
    yield _row(["---"] * (len(columns) + 1))
    for name in names:
        yield _row([name, *(next((_cell(one) for one in column if one.name == name), "-") for column in columns.values())])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(one: Figure) -> str:
    return f"{one.value}{f' ({one.interval})' if one.interval else ''}, n={one.n:,}"


def _compared(beside: Comparison) -> Iterator[str]:
    yield _row(["set", "recall@1, Navigator", "recall@1, plain chain", "recall@5, both", "difference at 1", "above, one-sided 95 %", "n"])
    yield _row(["---"] * 7)
    for one in beside.compared:
        gain = one.difference
        yield _row(
            [
                f"{one.set}, {LANGUAGES[one.language]}",
                _share(one.ours[1]),
                _share(one.recall[1]),
                f"{one.ours[5].value:.3f}, {one.recall[5].value:.3f}",
                f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})",
                f"{gain.above:+.3f}",
                f"{gain.n:,}",
            ]
        )


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.low:.3f} to {share.high:.3f})"
