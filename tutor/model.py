"""The one home of langchain's chat models: any provider behind the port `Writer`, with time limits, retries and a circuit breaker."""

import asyncio
import contextlib
import importlib.util
import logging
import random
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import httpx2
from langchain.chat_models import init_chat_model
from langchain_core.exceptions import ModelAPIError, ModelConnectionError, ModelRateLimitError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk

from tutor.breaker import Breaker
from tutor.errors import AnswerTooLong, BadModel, ModelUnavailable
from tutor.ports import Prompt

logger = logging.getLogger(__name__)

PASSING = (ModelRateLimitError, ModelAPIError, ModelConnectionError)  # what another attempt may mend
FINISHED = {"stop", "end_turn", "eos", "eos_token", "complete", "stop_sequence"}
TOO_LONG = {"length", "max_tokens"}
REASONS = ("finish_reason", "done_reason", "stop_reason")  # providers' names for why a stream ended
T = TypeVar("T")
ON_OPENAI_S_CLIENT = {"openai", "deepseek"}
THOUGHT = ("<think>", "</think>")


@dataclass(frozen=True)
class Limits:
    """Seconds that the model may take, how often it is asked again, and how many it may answer at once."""

    first: float = 20.0
    between: float = 10.0
    whole: float = 60.0
    attempts: int = 3
    wait: float = 0.5  # before the second attempt; doubled for each further one
    longest_wait: float = 5.0
    at_once: int = 8
    tokens: int = 1_000  # of the answer
    failures: int = 5
    pause: float = 30.0


@dataclass(frozen=True)
class Nature:
    """Time and chance."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = field(default=random.random)


@dataclass(frozen=True)
class Access:
    """Where a model is: ``provider:name``, or with an address of an OpenAI-compatible server its bare name."""

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)


def open_writer(access: Access, limits: Limits = Limits(), nature: Nature = Nature()) -> "ModelWriter":
    """The writer; nothing is asked of the model yet. BadModel when the provider is unknown or its package is missing."""
    provider, name = _named(access)
    options: dict[str, object] = {"temperature": 0, "max_tokens": limits.tokens, "timeout": limits.whole, "max_retries": 0}
    if access.base_url is not None:
        options["base_url"] = access.base_url
    if access.api_key is not None or (provider == "openai" and access.base_url is not None):
        options["api_key"] = access.api_key or "none"  # a server of one's own may want no key, the client always does
    if provider in ON_OPENAI_S_CLIENT:
        options["http_async_client"] = httpx2.AsyncClient(timeout=limits.whole)  # else one for all, which ends with the first event loop that used it
    try:
        model = cast(BaseChatModel, init_chat_model(name, model_provider=provider, **options))  # type: ignore[call-overload]
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise BadModel(f"NAVIGATOR_LLM={access.model!r}: the package of that provider is missing: pip install {package}") from error
    except Exception as error:  # any provider's, such as for a missing key; its text may quote what it was given
        raise BadModel(f"NAVIGATOR_LLM={access.model!r} cannot be used: check it, NAVIGATOR_LLM_BASE_URL and NAVIGATOR_LLM_API_KEY") from error
    return ModelWriter(model, name, limits, nature)


def _named(access: Access) -> tuple[str, str]:
    provider, colon, name = access.model.partition(":")
    if access.base_url is not None and not (colon and importlib.util.find_spec(f"langchain_{provider}")):
        return "openai", access.model  # names on servers of one's own may hold a colon: qwen3:4b
    if not (colon and provider and name):
        raise BadModel(f"NAVIGATOR_LLM={access.model!r} must be provider:name, such as openai:NAME, or NAVIGATOR_LLM_BASE_URL be set")
    return provider, name


class ModelWriter:
    """Writes with a chat model. Many may write at once; those above the limit wait their turn."""

    def __init__(self, model: BaseChatModel, name: str, limits: Limits, nature: Nature) -> None:
        self.name = name
        self._model = model
        self._limits = limits
        self._nature = nature
        self._breaker = Breaker(limits.failures, limits.pause, nature.clock)
        self._turns = asyncio.Semaphore(limits.at_once)

    async def write(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """The model's text, piece by piece. ModelUnavailable when it fails, is late, or stops before it has finished."""
        if not self._breaker.admits():
            raise ModelUnavailable(f"the model {self.name!r} failed too often and is left alone for a while", "resting")
        await self._in_time(self._turns.acquire(), self._limits.first, "no turn came free")
        try:
            async with contextlib.aclosing(self._attempted(prompt, self._nature.clock() + self._limits.whole)) as pieces:
                async for piece in pieces:
                    yield piece
            self._breaker.succeeded()
        except AnswerTooLong:
            self._breaker.succeeded()
            raise
        except ModelUnavailable as error:
            self._breaker.failed()
            logger.warning("%s", error)
            raise
        finally:
            self._turns.release()

    @property
    def resting(self) -> bool:
        """Whether it failed so often that it is left alone for now."""
        return self._breaker.shut

    async def check(self) -> None:
        """ModelUnavailable unless the model answers now; what it says does not matter."""
        async with contextlib.aclosing(self.write(Prompt("Reply with one word: yes.", "Are you there?"))) as pieces:
            await anext(pieces, None)

    async def close(self) -> None:
        """Ends what connections are open."""
        client = getattr(self._model, "http_async_client", None)
        if client is not None:
            await client.aclose()

    async def _attempted(self, prompt: Prompt, deadline: float) -> AsyncGenerator[str, None]:
        """One good stream; attempts before its first piece may fail."""
        for attempt in range(1, self._limits.attempts + 1):
            begun = False
            try:
                async with contextlib.aclosing(self._stream(prompt, deadline)) as stream:
                    async for piece in _without_thoughts(stream):
                        begun = True
                        yield piece
                return
            except ModelUnavailable as error:
                wait = self._wait(error, attempt)
                if begun or wait is None or self._nature.clock() + wait >= deadline:
                    raise
                await self._nature.sleep(wait)

    def _wait(self, error: ModelUnavailable, attempt: int) -> float | None:
        """Seconds until the next attempt; None when there is none."""
        if attempt == self._limits.attempts or not isinstance(error.__cause__, PASSING):
            return None
        limits, asked = self._limits, _retry_after(error.__cause__)
        if asked is not None:
            return asked if asked <= limits.longest_wait else None
        backoff: float = limits.wait * 2.0 ** (attempt - 1)
        return min(backoff, limits.longest_wait) * (0.5 + self._nature.chance() / 2)

    async def _stream(self, prompt: Prompt, deadline: float) -> AsyncGenerator[str, None]:
        """One attempt. Every limit and every error of whatever provider ends in ModelUnavailable."""
        stream = self._model.astream([("system", prompt.rules), ("user", prompt.question)])
        patience, reason = self._limits.first, None
        async with contextlib.aclosing(cast("AsyncGenerator[AIMessageChunk, None]", stream)):
            while True:
                left = min(patience, deadline - self._nature.clock())
                chunk = await self._in_time(anext(stream, None), left, "it is too slow")
                _heed_cancellation()
                if chunk is None:
                    break
                reason = next((chunk.response_metadata[key] for key in REASONS if chunk.response_metadata.get(key)), reason)
                if chunk.text:
                    patience = self._limits.between
                    yield str(chunk.text)
        if str(reason).lower() in TOO_LONG:
            raise AnswerTooLong(f"the model {self.name!r} was cut off at {self._limits.tokens} tokens", "too_long")
        if str(reason).lower() not in FINISHED:
            raise ModelUnavailable(f"the model {self.name!r} stopped before it had finished ({reason or 'no reason told'})", "cut_off")

    async def _in_time(self, awaited: Awaitable[T], seconds: float, otherwise: str) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await awaited
        except TimeoutError as error:
            raise ModelUnavailable(f"the model {self.name!r} gives no answer in time: {otherwise}", "slow") from error
        except Exception as error:
            # Any provider's error, whose class only its package knows. Its text may quote the question or the key, so its class must do.
            raise ModelUnavailable(f"the model {self.name!r} cannot be had: {type(error).__name__}", _reason(error)) from error


def _reason(error: Exception) -> str:
    """A provider's error in one word, as ModelUnavailable has it."""
    if isinstance(error, ModelRateLimitError):
        return "rate_limited"
    return "unreachable" if isinstance(error, ModelConnectionError) else "error"


def _heed_cancellation() -> None:
    """Raises what langchain swallowed: it awaits chunks by `asyncio.wait_for`, which in Python 3.11 loses a cancellation that comes with a result."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _retry_after(error: BaseException) -> float | None:
    """The seconds that the provider asks to wait, where it tells them."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = str(headers.get("retry-after", ""))
    return float(told) if re.fullmatch(r"\d+(?:\.\d+)?", told) else None


async def _without_thoughts(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """The text behind what some models print of their thinking first."""
    opens, closes = THOUGHT
    held: str | None = ""
    async for piece in pieces:
        if held is None:
            yield piece
            continue
        held += piece
        start = held.lstrip()
        if start.startswith(opens):
            _thought, closed, rest = start.partition(closes)
            if closed:
                held = None
                yield rest
        elif not opens.startswith(start[: len(opens)]):
            yield held
            held = None
    if held and not held.lstrip().startswith(opens):
        yield held
