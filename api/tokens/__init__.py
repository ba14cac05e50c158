"""Tokens: who signs them, what they vouch for, whether one may pass. A host signs with its private half, this server keeps the public one."""

from api.tokens.claims import Claims
from api.tokens.errors import BadKeys, BadToken, TokenExpired, WrongOrigin
from api.tokens.keys import Key, KeySet
from api.tokens.ring import KeyRing
from api.tokens.signing import Bearer, sign
from api.tokens.verify import Inspected, Page, Tokens, inspect

__all__ = [
    "BadKeys",
    "BadToken",
    "Bearer",
    "Claims",
    "Inspected",
    "Key",
    "KeyRing",
    "KeySet",
    "Page",
    "TokenExpired",
    "Tokens",
    "WrongOrigin",
    "inspect",
    "sign",
]
