"""The OpenAPI document: what FastAPI writes, with a summary for every route, an example for every body, and what event streams hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.completions_wire import Chunk

EXAMPLES = Path(__file__).with_name("examples.json")
REF = "#/components/schemas/{model}"
_TEXT = {"type": "string"}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": REF.format(model=name)}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    """Text that is JSON."""
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}


_CHUNK_OR_END = {"anyOf": [{"const": "[DONE]"}, _json({"anyOf": [_ref("Chunk"), _ref("ErrorBody")]})]}


class Documented(FastAPI):
    """An app whose document says everything that a client needs."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            _tell_streams(document)
            _give_examples(document["components"]["schemas"])
            for operation in _operations(document):
                operation["summary"] = _summary(operation.get("description", operation["summary"]))
                for parameter in operation.get("parameters", ()):
                    parameter["schema"] = _without_null(parameter["schema"])
        assert self.openapi_schema is not None
        return self.openapi_schema


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        yield from operations.values()


def _summary(description: str) -> str:
    """The beginning of the description, up to the first mark behind which something new is said."""
    return min((description.partition(mark)[0] for mark in (". ", ": ", "; ", ".\n", "\n")), key=len).removesuffix(".")


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address or a header cannot hold null: who has nothing to say leaves the parameter out."""
    kept = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return rest | (kept[0] if len(kept) == 1 else {"anyOf": kept}) if kept else schema


def _give_examples(schemas: dict[str, Any]) -> None:
    for name, example in json.loads(EXAMPLES.read_text(encoding="utf-8")).items():
        schemas[name].setdefault("examples", [example])


def _tell_streams(document: dict[str, Any]) -> None:
    """The schema of an event stream is that of one event."""
    schemas, chunk = document["components"]["schemas"], Chunk.model_json_schema(ref_template=REF, mode="serialization")
    for name, schema in (chunk.pop("$defs") | {"Chunk": chunk}).items():
        schemas.setdefault(name, schema)
    paths = document["paths"]
    _stream(paths["/v1/chat"])["schema"] = {"oneOf": [_event(name, data) for name, data in _chat_events().items()]}
    _stream(paths["/v1/chat/completions"])["schema"] = {"type": "object", "required": ["data"], "properties": {"data": _CHUNK_OR_END}}


def _stream(path: dict[str, Any]) -> dict[str, Any]:
    stream: dict[str, Any] = path["post"]["responses"]["200"]["content"]["text/event-stream"]
    return stream


def _chat_events() -> dict[str, dict[str, Any]]:
    return {
        "session": _numbered(conversation_id=_TEXT, release=_TEXT),
        "sources": _numbered(citations={"type": "array", "items": _ref("Cited")}),
        "delta": _numbered(text=_TEXT),
        "final": {"allOf": [_numbered(), _ref("Answered")]},
        "done": _numbered(),
        "error": _numbered(error=_ref("ErrorDetail")),
    }


def _numbered(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["seq", *properties], "properties": {"seq": {"type": "integer", "minimum": 0}, **properties}}


def _event(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """One event: its fields as text, of which `data` is JSON."""
    fields = {"id": _TEXT, "event": {"const": name}, "data": _json(data)}
    return {"type": "object", "required": [*fields], "properties": fields}
