"""`navigator ask` and `navigator search`: the HTTP objects on standard output, usage errors and failures in one line."""

from pathlib import Path

import pytest
from command_line import PAINTER, STAGES, CommandLine, OtherEmbedder, publish, write_course

ANSWER = {"answer_id", "conversation_id", "kind", "answer", "language", "citations", "confidence", "suggestions"}
ANSWER |= {"engine", "release", "timings_ms", "notice"}
CITATION = {"n", "passage_id", "doc_id", "title", "section", "page", "position_s", "url", "quote", "language", "as_of", "score"}
HIT = {"passage_id", "doc_id", "title", "section", "text", "language", "score", "kind", "page", "position_s", "as_of"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the course published."""
    folder = tmp_path_factory.mktemp("published")
    publish(folder / "data", write_course(folder / "course"))
    return folder / "data"


@pytest.fixture
def unpublished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def navigator(unpublished: CommandLine, published: Path) -> CommandLine:
    unpublished.set(DATA_DIR=str(published))
    return unpublished


def test_an_answer_in_json_is_the_http_object(navigator: CommandLine) -> None:
    answer = navigator("ask", STAGES, "--json").json
    assert set(answer) == ANSWER
    assert (answer["kind"], answer["language"]) == ("grounded", "en")
    assert answer["answer"] == "Rockets drop their empty stages because less mass is easier to speed up. [1]"
    (citation,) = answer["citations"]
    assert set(citation) == CITATION
    assert (citation["n"], citation["doc_id"], citation["section"], citation["as_of"]) == (1, "rockets.en", "Empty stages", "2026-05-24")


@pytest.mark.parametrize(("question", "kind"), [(PAINTER, "refused"), ("谁画了向日葵？", "refused"), ("hello", "chat"), ("你好", "chat")])
def test_a_refusal_and_a_greeting_are_answers_too(navigator: CommandLine, question: str, kind: str) -> None:
    answer = navigator("ask", question, "--json").json
    assert set(answer) == ANSWER
    assert (answer["kind"], answer["citations"]) == (kind, [])


def test_chinese_is_printed_as_it_is_written(navigator: CommandLine) -> None:
    ran = navigator("ask", "火箭为什么要分级？", "--json")
    assert "空贮箱只是多余的质量。[1]" in ran.out
    assert ran.json["language"] == "zh"


def test_an_answer_is_shown_with_its_source(navigator: CommandLine) -> None:
    ran = navigator("ask", STAGES)
    assert ran.status == 0
    assert ran.out.splitlines()[0] == "Rockets drop their empty stages because less mass is easier to speed up. [1]"
    assert "[1] How rockets work · Empty stages · as of 2026-05-24" in ran.out
    assert "“Rockets drop their empty stages because less mass is easier to speed up.”" in ran.out
    assert ran.err == ""


def test_citations_lead_into_the_course_player(navigator: CommandLine) -> None:
    navigator.set(COURSE_URL="https://player.example/course")
    assert navigator("ask", STAGES, "--json").json["citations"][0]["url"] == "https://player.example/course?doc=rockets.en&anchor=empty-stages"
    assert "https://player.example/course?doc=rockets.en&anchor=empty-stages" in navigator("ask", STAGES).out


def test_search_in_json_is_the_http_object(navigator: CommandLine, published: Path) -> None:
    found = navigator("search", "empty stages", "-k", 2, "--json").json
    assert set(found) == {"release", "hits"}
    assert found["release"] == (published / "current").read_text(encoding="utf-8").strip()
    assert len(found["hits"]) == 2
    assert all(set(hit) == HIT for hit in found["hits"])
    assert (found["hits"][0]["doc_id"], found["hits"][0]["kind"]) == ("rockets.en", "lesson")
    assert found["hits"][0]["score"] > found["hits"][1]["score"]


def test_search_shows_five_passages_unless_told_otherwise(navigator: CommandLine) -> None:
    assert len(navigator("search", "stages", "--json").json["hits"]) == 3
    ran = navigator("search", "dust on the Moon")
    assert ran.status == 0
    assert ran.out.startswith("1. moon  (moon.md, ")
    assert "Moon dust sticks to everything" in ran.out


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is blank"),
        (" \t\u3000", "is blank"),
        ("x" * 2001, "too long: 2000 characters"),
        ("🚀" * 2001, "too long: 2000 characters"),
        ("nul\0", "NUL"),
        ("half \udcff", "Unicode"),
    ],
)
def test_text_that_http_would_refuse_is_a_usage_error(unpublished: CommandLine, command: str, text: str, says: str) -> None:
    ran = unpublished(command, text, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert says in " ".join(ran.err.replace("│", " ").split())


def test_two_thousand_characters_are_answered(navigator: CommandLine) -> None:
    assert navigator("ask", "🚀" * 2000, "--json").json["kind"] == "refused"


@pytest.mark.parametrize(
    "arguments", [("ask",), ("search",), ("ask", "a", "b"), ("search", "a", "-k", "0"), ("search", "a", "-k", "51"), ("ask", "--k")]
)
def test_wrong_usage_exits_with_two_and_prints_nothing_on_standard_output(unpublished: CommandLine, arguments: tuple[str, ...]) -> None:
    ran = unpublished(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "Usage: " in ran.err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_without_a_release_the_line_names_the_command_to_run(unpublished: CommandLine, command: str) -> None:
    assert "run navigator ingest" in unpublished(command, "Why?", "--json").failure
    assert not unpublished.data.exists()


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_release_of_another_embedder_is_refused_with_the_repairing_command(unpublished: CommandLine, command: str, tmp_path: Path) -> None:
    publish(unpublished.data, write_course(tmp_path / "course"), OtherEmbedder)
    failure = unpublished(command, "Why?", "--json").failure
    assert "'another'" in failure
    assert "run navigator ingest" in failure
    assert "NAVIGATOR_EMBEDDER=another" in failure


def test_a_release_that_the_model_in_use_cannot_search_yet_names_the_command_that_prepares_it(navigator: CommandLine) -> None:
    navigator.set(EMBEDDER="multilingual-e5-small", DATA_DIR=str(navigator.data))
    publish(navigator.data, write_course(navigator.folder / "course"))
    assert "run navigator doctor --prepare" in navigator("ask", "Why?").failure


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_file_in_the_way_of_the_data_folder_is_one_line(unpublished: CommandLine, command: str) -> None:
    unpublished.data.write_text("in the way", encoding="utf-8")
    failure = unpublished(command, "Why?").failure
    assert str(unpublished.data) in failure
    assert "run navigator" in failure


def test_a_command_leaves_no_private_copy_behind(navigator: CommandLine, published: Path) -> None:
    assert navigator("ask", STAGES).status == 0
    assert navigator("search", STAGES).status == 0
    assert list((published / "open").glob("*")) == []


@pytest.mark.parametrize("setting", [{"PORT": "x"}, {"PROT": "1"}])
def test_a_wrong_setting_is_one_line(navigator: CommandLine, setting: dict[str, str]) -> None:
    navigator.set(**setting)
    assert f"NAVIGATOR_{next(iter(setting))}" in navigator("ask", "Why?").failure
