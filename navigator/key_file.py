"""A file of token keys, changed whole: a server that reads it meanwhile sees the keys before or the keys after."""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from api.tokens import KeySet, keys_of
from api.tokens.keys import jwks
from navigator.console import Failed


def add(path: Path, jwk: dict[str, Any]) -> None:
    """Adds a key at the end, where the newest stands; makes the file when there is none. BadKeys when it holds something else."""
    held = _held(path) if path.exists() else {"keys": []}
    _replace(path, held | {"keys": [*held["keys"], jwk]})


def remove(path: Path, kid: str) -> KeySet:
    """Takes one key out; the keys that are left."""
    held = _held(path)
    _replace(path, held | {"keys": [jwk for jwk in held["keys"] if jwk["kid"] != kid]})
    return keys_of(str(path))


def public_half(jwk: dict[str, Any]) -> dict[str, Any]:
    """What a server needs of a pair, and may be shown to anybody."""
    return {name: value for name, value in jwk.items() if name != "d"}


def public_halves(source: str) -> list[dict[str, Any]]:
    """The public halves of all pairs in a file or a JWK Set; a shared secret has none."""
    keys_of(source)
    held = jwks(source) if "{" in source else jwks(Path(source).read_bytes())
    return [public_half(jwk) for jwk in held["keys"] if jwk["kty"] == "OKP"]


def _held(path: Path) -> dict[str, Any]:
    keys_of(str(path))  # what is broken is left for its owner to mend
    return jwks(path.read_bytes())


def _replace(path: Path, held: dict[str, Any]) -> None:
    """For its owner alone, and in place at once; a link stays one."""
    target = path.resolve()
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")  # mkstemp's files are their owner's alone
    except OSError as error:
        raise Failed(f"{str(path)!r} cannot be written ({error.strerror}): make its folder, or name another file") from error
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(held, indent=2, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(descriptor)
        _keep_owner(target, temporary)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _keep_owner(target: Path, temporary: str) -> None:
    """Else what root changes could no longer be read by the server's own user."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        status = target.stat()
        os.chown(temporary, status.st_uid, status.st_gid)
