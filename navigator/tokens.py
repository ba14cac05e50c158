"""``navigator tokens``: keys and tokens, made, shown, looked into and retired. Nothing here needs a server that runs."""

import datetime as dt
import json
import secrets
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from api.tokens import BadToken, Bearer, Inspected, Key, KeySet, inspect, keys_of, sign
from api.tokens.claims import LONGEST_LIFE_S
from api.tokens.keys import Alg, Holds
from api.tokens.ring import path_in
from api.tokens.signing import new_jwk
from navigator import entry, key_file
from navigator.console import Failed, Json, messages, print_json, results
from navigator.settings import load_settings
from tutor.types import GradeBand

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Make keys and tokens, look into tokens, retire keys."
)

Keys = Annotated[str | None, typer.Option("--keys", metavar="FILE", help="A JWK Set. Default: NAVIGATOR_TOKEN_KEYS.")]
HOLDS: dict[Holds, str] = {
    "private": "private half, for the host",
    "public": "public half, for the server",
    "secret": "shared secret, for both",
}


@app.command(name="new-key")
def new_key(
    tenant: Annotated[str, typer.Option(help="The school whose server signs with it.")],
    alg: Annotated[Alg, typer.Option(help="With HS256 host and server share one secret.")] = "EdDSA",
    into: Annotated[Path | None, typer.Option(metavar="FILE", help="Add it to this JWK Set, which is made for its owner alone.")] = None,
    public: Annotated[Path | None, typer.Option(metavar="FILE", help="Add its public half to this JWK Set too: the server's.")] = None,
) -> None:
    """Make a key with a kid of its own; without --into it is printed as a JWK Set."""
    if public is not None and alg != "EdDSA":
        raise typer.BadParameter("HS256 has no public half: host and server have the same secret", param_hint="--public")
    jwk = new_jwk(f"{dt.date.today():%Y-%m-%d}-{secrets.token_hex(4)}", tenant, alg)
    KeySet.read(json.dumps({"keys": [jwk]}))
    if into is not None:
        key_file.add(into, jwk)
        messages.print(f"The key {jwk['kid']} of tenant {tenant!r} is in {into}: keep it secret.")
    if public is not None:
        key_file.add(public, key_file.public_half(jwk))
        messages.print(f"The public half of {jwk['kid']} is in {public}.")
    if into is None:
        print_json({"keys": [jwk]})


@app.command()
def public(keys: Keys = None) -> None:
    """Print the public halves of all pairs as a JWK Set, which may be shown to anybody."""
    source = _source(keys)
    halves = key_file.public_halves(source)
    left_out = len(keys_of(source).keys) - len(halves)
    if left_out:
        messages.print(f"{left_out} shared {'secret has' if left_out == 1 else 'secrets have'} no public half.")
    print_json({"keys": halves})


@app.command(name="list")
def list_keys(keys: Keys = None, as_json: Json = False) -> None:
    """Every key, the newest last, and which half of it is there; never the key itself."""
    held = keys_of(_source(keys))
    if as_json:
        print_json({"keys": [_described(key) for key in held.keys]})
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("kid", "tenant", "alg", "holds"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "kid")
    for key in held.keys:
        table.add_row(Text(key.kid), Text(key.tenant), key.alg, HOLDS[key.holds])
    results.print(table)


@app.command()
def retire(kid: str, keys: Keys = None) -> None:
    """Take a key out of its file: from a server's next question on it refuses what that key signed."""
    path = path_in(_source(keys))
    if path is None:
        raise Failed("NAVIGATOR_TOKEN_KEYS holds the keys themselves: take the key out of it there, and restart the server")
    retired = keys_of(str(path)).named(kid)
    if retired is None:
        raise Failed(f"{str(path)!r} has no key {kid!r}: navigator tokens list shows those it has")
    left = sum(key.tenant == retired.tenant for key in key_file.remove(path, kid).keys)
    results.print(f"Retired {kid}. Tenant {retired.tenant!r} has {left or 'no'} key{'' if left == 1 else 's'} left.")


@app.command()
def make(
    tenant: Annotated[str, typer.Option(help="The school; its newest key signs.")],
    sub: Annotated[str, typer.Option(help="The student, as the school calls them towards others.")],
    course: str | None = None,
    lesson: str | None = None,
    grade_band: GradeBand | None = None,
    locale: Annotated[str | None, typer.Option(help="Such as zh-CN or en.")] = None,
    origin: Annotated[str | None, typer.Option(help="Of the page that may use it, such as https://player.example; none for servers.")] = None,
    position_s: Annotated[float | None, typer.Option(help="Where the lesson's recording stands, in seconds.")] = None,
    ttl: Annotated[int, typer.Option(min=1, max=LONGEST_LIFE_S, metavar="SECONDS", help="How long it is good for.")] = LONGEST_LIFE_S,
    keys: Keys = None,
) -> None:
    """Print a token, as the host's server would make it."""
    signer = keys_of(_source(keys)).signer(tenant)
    if signer is None:
        raise Failed(f"there is no key of tenant {tenant!r} that can sign: navigator tokens list shows which half of each is there")
    bearer = Bearer(sub, course, lesson, grade_band, locale, origin, position_s)
    try:
        token = sign(signer, bearer, now=time.time(), life_s=ttl)
    except BadToken as error:
        raise Failed(str(error)) from error
    sys.stdout.write(token + "\n")


@app.command(name="inspect")
def inspect_token(
    token: Annotated[str, typer.Argument(metavar="TOKEN", help="- reads it from standard input, where no history keeps it.")],
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Show what a token says and all that is wrong with it; status 1 when something is."""
    source = keys or entry.token_keys(load_settings())
    if not source:
        messages.print("Its signature was not looked at, for want of keys: name them with --keys.")
    given = sys.stdin.read() if token == "-" else token
    try:
        found = inspect(given.strip(), keys_of(source) if source else None, time.time())
    except BadToken as error:
        raise Failed(str(error)) from error
    if as_json:
        print_json({"header": found.header, "claims": found.claims, "problems": list(found.problems)})
    else:
        _show(found)
    if found.problems:
        raise typer.Exit(1)


def _show(found: Inspected) -> None:
    for name, value in (*found.header.items(), *found.claims.items()):
        results.print(Text(f"{_shown(name)[1:-1]:12} {_shown(value)}{_moment(name, value)}"))
    for problem in found.problems:
        messages.print(problem)
    if not found.problems:
        messages.print("Nothing is wrong with what it says.")


def _shown(value: object) -> str:
    """As JSON, and nothing in it that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def _moment(name: str, value: object) -> str:
    if name not in ("iat", "exp", "nbf") or not isinstance(value, int | float) or not 0 <= value < 1e11:
        return ""
    return f"  {dt.datetime.fromtimestamp(value, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _source(keys: str | None) -> str:
    source = keys or entry.token_keys(load_settings())
    if not source:
        raise Failed("no token keys are named: give --keys FILE, or set NAVIGATOR_TOKEN_KEYS")
    return source


def _described(key: Key) -> dict[str, str]:
    return {"kid": key.kid, "tenant": key.tenant, "alg": key.alg, "holds": key.holds}
