"""A real model that nobody here wrote, behind a real OpenAI-compatible server: it answers, and nothing that it makes up is shown."""

import contextlib
from pathlib import Path

from space_course import small_library

from benchmarks.small_model import NAME, small_model
from tutor.model import Access, Limits, open_writer
from tutor.ports import Prompt
from tutor.tutor import Tutor
from tutor.types import Question

SLOW = Limits(first=60, between=60, whole=120, tokens=24)


async def test_a_real_model_writes_and_only_what_the_course_says_is_shown(tmp_path: Path) -> None:
    with small_model() as address, small_library(tmp_path) as library:
        writer = open_writer(Access(NAME, address), SLOW)
        async with contextlib.aclosing(writer.write(Prompt("Answer briefly.", "What is the Moon?"))) as pieces:
            assert "".join([await anext(pieces), await anext(pieces)])
        answer = await Tutor(library, writer=writer).ask(Question("Why do rockets drop their empty stages?"))
        await writer.close()
    assert answer.kind == "grounded"
    assert answer.engine in (NAME, "extract")
    assert {citation.doc_id for citation in answer.citations} == {"rockets.en"}
