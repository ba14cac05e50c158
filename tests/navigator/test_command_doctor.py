"""`navigator doctor`: a row for each thing, the command that mends it, and an exit status that tells."""

import socket
from pathlib import Path

import pytest
from collector import collecting
from command_line import CommandLine, OtherEmbedder, publish, write_course
from llmock.pytest_plugin import LLMock

from knowledge_base.embedding.prepared import PreparedModel, model_folder
from navigator.doctor import Finding, examine
from navigator.settings import load_settings

MODEL = "multilingual-e5-small"


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


def finding(what: str) -> Finding:
    """The one row about `what`."""
    (found,) = [finding for finding in examine(load_settings()) if finding.what == what]
    return found


def published(navigator: CommandLine) -> Path:
    """The folder of a release that is published."""
    return navigator.data / "releases" / publish(navigator.data, write_course(navigator.folder / "course"))


def test_with_everything_in_place_it_exits_with_zero(navigator: CommandLine) -> None:
    release = published(navigator)
    ran = navigator("doctor")
    assert ran.status == 0
    rows = {line[:16].strip(): line[17:].split()[0] for line in ran.out.splitlines() if line[:16].strip()}
    assert rows == {
        "what": "state",
        "Python": "ok",
        "data folder": "ok",
        "embedding model": "ok",
        "release": "ok",
        "language model": "optional",
        "Telegram": "optional",
    }
    assert finding("release").detail == f"{release.name}: 3 documents, 3 passages"


def test_nothing_of_a_row_is_cut_off(navigator: CommandLine) -> None:
    release = published(navigator)
    shown = "".join("".join(line.split()) for line in navigator("doctor").out.splitlines())
    assert "…" not in shown
    assert "NAVIGATOR_TELEGRAM_TOKEN" in shown
    assert release.name[:16] in shown


def test_a_chroma_server_that_is_set_and_away_is_missing(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    published(navigator)
    assert not [finding for finding in examine(load_settings()) if finding.what == "Chroma server"]
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("NAVIGATOR_CHROMA_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        assert navigator("doctor").status == 1
        found = finding("Chroma server")
        assert "start it, or set NAVIGATOR_CHROMA_URL" in navigator("ask", "Why do rockets have stages?").failure
    assert (found.state, found.mend) == ("missing", "start it, or set NAVIGATOR_CHROMA_URL to where it runs")


def test_a_language_model_that_is_set_is_asked(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch, llmock: LLMock) -> None:
    published(navigator)
    monkeypatch.setenv("NAVIGATOR_LLM", "some-model")
    monkeypatch.setenv("NAVIGATOR_LLM_API_KEY", "sk-never-to-be-shown")
    monkeypatch.setenv("NAVIGATOR_LLM_BASE_URL", llmock.base_url())
    ran = navigator("doctor")
    assert (ran.status, finding("language model").state) == (0, "ok")
    assert "some-model answers" in ran.out
    llmock.fail(401, times=None)
    ran = navigator("doctor")
    assert ran.status == 1
    assert finding("language model").state == "missing"
    assert "sk-never" not in ran.out


def test_a_language_model_whose_package_is_missing_names_it(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    published(navigator)
    monkeypatch.setenv("NAVIGATOR_LLM", "cohere:command")
    assert navigator("doctor").status == 1
    assert finding("language model").mend == "pip install langchain-cohere"
    assert "pip install langchain-cohere" in navigator("ask", "Why do rockets have stages?").failure


def test_a_reranker_that_is_set_and_cannot_be_opened_is_missing(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    published(navigator)
    assert not [finding for finding in examine(load_settings()) if finding.what == "reranker"]
    monkeypatch.setenv("NAVIGATOR_RERANKER", str(navigator.folder / "nowhere"))
    assert navigator("doctor").status == 1
    found = finding("reranker")
    assert (found.state, found.mend) == ("missing", "set NAVIGATOR_RERANKER to a cross-encoder's directory or name, or unset it")
    assert "there is no directory" in navigator("ask", "Why do rockets have stages?").failure


def test_without_a_release_it_exits_with_one_and_names_the_command(navigator: CommandLine) -> None:
    ran = navigator("doctor")
    assert ran.status == 1
    assert finding("release") == Finding("release", "missing", "no release is published yet", "run navigator ingest content")


@pytest.mark.parametrize("name", ["passages.jsonl", "passage_vectors.npy", "sentence_vectors.npy"])
def test_a_damaged_file_of_the_release_is_named(navigator: CommandLine, name: str) -> None:
    file = published(navigator) / name
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert navigator("doctor").status == 1
    found = finding("release")
    assert found.state == "missing"
    assert f"{name} damaged" in found.detail
    assert "navigator ingest" in found.mend


def test_a_pointer_to_a_release_that_is_gone_is_found(navigator: CommandLine) -> None:
    published(navigator)
    (navigator.data / "current").write_text("20200101T000000Z-0000\n", encoding="utf-8")
    assert finding("release").state == "missing"
    assert "20200101T000000Z-0000" in finding("release").detail


def test_a_release_of_another_embedder_is_found(navigator: CommandLine) -> None:
    publish(navigator.data, write_course(navigator.folder / "course"), OtherEmbedder)
    assert navigator("doctor").status == 1
    found = finding("release")
    assert found.state == "missing"
    assert "'another'" in found.detail
    assert "navigator ingest" in found.mend


def test_a_file_in_the_way_of_the_data_folder_is_found_and_nothing_is_raised(navigator: CommandLine) -> None:
    navigator.data.write_text("in the way", encoding="utf-8")
    for embedder in ("hashing", MODEL):
        navigator.set(EMBEDDER=embedder)
        assert navigator("doctor").status == 1
        for what in ("data folder", "release"):
            assert finding(what).state == "missing"
            assert finding(what).mend.startswith("set NAVIGATOR_DATA_DIR")


def test_a_model_that_is_not_prepared_names_the_command(navigator: CommandLine) -> None:
    navigator.set(EMBEDDER=MODEL)
    assert finding("embedding model") == Finding("embedding model", "missing", f"{MODEL} is not prepared", "navigator doctor --prepare")


def test_a_missing_model_package_names_the_command_that_brings_it(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge_base.embedding.packaged.PACKAGE", "no_such_package")
    navigator.set(EMBEDDER=MODEL)
    found = finding("embedding model")
    assert found.state == "missing"
    assert found.mend == "run pip install no_such_package==0.3.0"
    assert "run pip install no_such_package==" in navigator("doctor", "--prepare").failure


def test_a_damaged_model_names_what_to_remove(navigator: CommandLine) -> None:
    navigator.set(EMBEDDER=MODEL)
    folder = model_folder(navigator.data / "models", MODEL)
    folder.mkdir(parents=True)
    (folder / "embedder.json").write_text("{", encoding="utf-8")
    found = finding("embedding model")
    assert (found.state, found.mend) == ("missing", "remove it and run navigator doctor --prepare")
    assert str(folder) in found.detail


def test_a_prepared_model_is_shown_with_its_size(navigator: CommandLine) -> None:
    navigator.set(EMBEDDER=MODEL)
    folder = model_folder(navigator.data / "models", MODEL)
    folder.mkdir(parents=True)
    for name in ("graph.onnx", "tokenizer.json"):
        (folder / name).touch()
    PreparedModel(folder, MODEL, 384, "abc", "query: ", "passage: ", 512).write()
    assert finding("embedding model") == Finding("embedding model", "ok", f"{MODEL}, 384 dimensions")


def test_preparing_what_needs_none_changes_nothing(navigator: CommandLine) -> None:
    published(navigator)
    assert navigator("doctor", "--prepare").status == 0
    assert not (navigator.data / "models").exists()


def test_a_bot_s_token_is_told_of_and_never_shown(navigator: CommandLine) -> None:
    assert finding("Telegram").state == "optional"
    navigator.set(TELEGRAM_TOKEN="123:hush")
    assert finding("Telegram") == Finding("Telegram", "ok", "a token is set: navigator bot polls")
    assert "hush" not in navigator("doctor").out


def test_token_keys_are_counted_where_tokens_are_asked_for(navigator: CommandLine) -> None:
    published(navigator)
    assert not [row for row in examine(load_settings()) if row.what == "token keys"]
    navigator.set(AUTH="token")
    assert (finding("token keys").state, navigator("doctor").status) == ("missing", 1)
    keys = navigator.folder / "keys.json"
    navigator.set(TOKEN_KEYS=str(keys))
    assert "cannot be read" in finding("token keys").detail
    for tenant in ("blue-sky", "blue-sky", "red-sky"):
        assert navigator("tokens", "new-key", "--tenant", tenant, "--into", str(keys)).status == 0
    assert finding("token keys") == Finding("token keys", "ok", "3 of 2 tenants")
    keys.write_text('{"keys": [{"kty": "oct"}]}', encoding="utf-8")
    assert finding("token keys").state == "missing"


def test_a_redis_that_is_away_stops_nobody_and_its_password_is_not_shown(navigator: CommandLine) -> None:
    published(navigator)
    assert not [row for row in examine(load_settings()) if row.what == "Redis"]
    navigator.set(AUTH="token", REDIS_URL="redis://user:hush-hush@127.0.0.1:9/0", TOKEN_KEYS=str(navigator.folder / "keys.json"))
    assert navigator("tokens", "new-key", "--tenant", "blue-sky", "--into", str(navigator.folder / "keys.json")).status == 0
    assert (finding("Redis").state, finding("token keys").detail) == ("optional", "1 of 1 tenant")
    ran = navigator("doctor")
    assert (ran.status, "hush" in ran.out + ran.err) == (0, False)


def test_a_collector_of_traces_is_looked_for_where_one_is_set(navigator: CommandLine) -> None:
    published(navigator)
    with collecting() as collector:
        navigator.set(OTLP_ENDPOINT=collector.address)
        assert (finding("traces").state, collector.spans) == ("ok", [])
    away = finding("traces")
    assert (away.state, "ConnectError" in away.detail) == ("optional", True)
    assert navigator("doctor").status == 0, "the tutor answers all the same"
