"""What buttons send back: a version, a verb and what it is about, at most 64 bytes; whoever sends one may have made it up."""

import hashlib

VERSION = "1"
LONGEST = 64  # bytes, as messengers count
_LONGEST_KEY = 40


def action(verb: str, about: str = "") -> str:
    """The action that `parse` reads."""
    return f"{VERSION}:{verb}:{about}"


def parse(text: str) -> tuple[str, str] | None:
    """The verb and what it is about; None for what no button of this version sends."""
    version, _, rest = text.partition(":")
    verb, colon, about = rest.partition(":")
    fits = version == VERSION and colon and len(text.encode("utf-8", "replace")) <= LONGEST
    return (verb, about) if fits else None


def key(name: str) -> str:
    """A document's or question's id as an action holds it: itself, or a digest of one that is too long."""
    return name if len(name.encode()) <= _LONGEST_KEY else "#" + hashlib.sha256(name.encode()).hexdigest()[:16]
