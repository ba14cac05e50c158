"""Every setting, from the environment (``NAVIGATOR_...``) or ``.env``; nothing else reads the environment."""

import os
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from knowledge_base.embedding.names import PACKAGED

PREFIX = "NAVIGATOR_"
FOR_TESTS = "NAVIGATOR_TEST_"
_REDIS = re.compile(r"rediss?://([^@/?#\s]*@)?([^@/?#\s:]+|\[[\da-fA-F:.]+\])(:\d{1,5})?(/\d*)?")
_ORIGIN = re.compile(r"(?!http://.*:80$|https://.*:443$)https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[1-9]\d{0,4})?", re.ASCII)  # no scheme's own port


class BadSettings(Exception):
    """The operator's: a setting that is unknown or out of bounds; one line names it."""


class Settings(BaseSettings):
    """Defaults serve one machine with no network and no key."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    log_format: Literal["text", "json"] = "text"
    otlp_endpoint: str | None = None
    auth: Literal["open", "token"] = "open"
    token_keys: SecretStr | None = None
    allowed_origins: str = "http://127.0.0.1:8001"
    staff_token: Annotated[SecretStr, Field(min_length=16)] | None = None
    embedder: Annotated[str, Field(min_length=1)] = PACKAGED
    reranker: str | None = None
    chroma_url: str | None = None
    llm: Annotated[str, Field(min_length=1)] | None = None
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    course_url: str | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: str | None = None
    bot_webhook_url: str | None = None
    database_url: SecretStr | None = None
    pseudonym_key: Annotated[SecretStr, Field(min_length=32)] | None = None
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    questions_per_minute: Annotated[int, Field(ge=0, le=1_000)] = 10
    questions_per_day: Annotated[int, Field(ge=0, le=100_000)] = 200
    tenant_questions_per_minute: Annotated[int, Field(ge=0, le=1_000_000)] = 3_000
    address_questions_per_minute: Annotated[int, Field(ge=0, le=1_000_000)] = 1_200
    redis_url: SecretStr | None = None
    trusted_proxies: str | None = None

    @field_validator("allowed_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        """Read into a tuple by `origins`."""
        wrong = next((origin for origin in _listed(value) if not _ORIGIN.fullmatch(origin)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is not an origin as browsers send it, such as https://player.example: separate several by commas")
        return value

    @field_validator("course_url")
    @classmethod
    def _https_or_relative(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "/")):
            raise ValueError("must begin with https:// or /")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _server(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/@?#\s]+(/[^@?#\s]*)?", value):
            raise ValueError("must be the address of a server, such as http://127.0.0.1:8001, without a name or password in it")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _model_server(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/@?#\s]+(/[^@?#\s]*)?", value):
            raise ValueError("must be the address of a server, such as http://127.0.0.1:11434/v1, without a name or password in it")
        return value

    @field_validator("otlp_endpoint")
    @classmethod
    def _collector(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/@?#\s]+(/[^@?#\s]*)?", value):
            raise ValueError("must be the address of a collector, such as http://127.0.0.1:4318, without a name or password in it")
        return value

    @field_validator("bot_webhook_url")
    @classmethod
    def _reachable(cls, value: str | None, others: ValidationInfo) -> str | None:
        """Telegram posts to https alone; a Bot API server of one's own may post to this machine without."""
        schemes = "https?" if others.data.get("telegram_api_url") else "https"
        found = re.fullmatch(rf"({schemes})://([^/@?#\s:]+)(:\d+)?/[^@?#\s]+", value or "")
        if value is not None and (found is None or (found[1] == "http" and found[2] not in ("127.0.0.1", "localhost"))):
            raise ValueError("must begin with https:// and have a path of its own, such as https://tutor.example/telegram/updates")
        return value

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _REDIS.fullmatch(value.get_secret_value()):
            raise ValueError("must be the address of a Redis, such as redis://127.0.0.1:6379/0 or rediss://user:password@host:6380/0")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str | None) -> str | None:
        """Of addresses and networks, since whoever stands here may say of any request where it comes from."""
        for one in value.split(",") if value is not None else ():
            try:
                network = ip_network(one.strip())
            except ValueError as error:
                raise ValueError("must be the proxies' addresses or networks, such as 127.0.0.1,10.0.0.0/8") from error
            if not network.prefixlen:
                raise ValueError("must not name every address there is: anyone could then say to be anyone")
        return value

    @property
    def origins(self) -> tuple[str, ...]:
        """The allowed origins, each as browsers send it."""
        return tuple(_listed(self.allowed_origins))

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def load_settings() -> Settings:
    """The settings in force; BadSettings names the first that cannot be."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known and not name.startswith(FOR_TESTS))
    if unknown:
        raise BadSettings(f"{unknown[0]} is not a setting of this version: see .env.example for those that are")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        if first["type"] == "extra_forbidden":
            raise BadSettings(f"{name} in .env is not a setting of this version: see .env.example for those that are") from error
        raise BadSettings(f"{PREFIX}{name}: {first['msg'].removeprefix('Value error, ')}: see .env.example") from error
    except (SettingsError, OSError, UnicodeDecodeError) as error:
        raise BadSettings(f".env cannot be read ({error}): see .env.example") from error
