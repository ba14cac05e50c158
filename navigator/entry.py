"""Who may ask over HTTP, and how much, as the settings say: a part of the wiring."""

from typing import TYPE_CHECKING

from navigator.settings import Settings
from navigator.wiring import pseudonym_key
from tutor.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from api import Access  # the web framework is for the server alone: other commands start without it
    from api.limits import Limits
    from api.shared_counting import SharedCounts


def access(settings: Settings) -> "Access":
    """Who may ask over HTTP; BadKeys when the token keys cannot be used."""
    from api import Access
    from api.tokens import KeyRing, Tokens

    if settings.auth == "open":
        return Access(origins=settings.origins, this_machine=True)
    return Access(Tokens(KeyRing(token_keys(settings))), settings.origins)


def tenants(settings: Settings) -> list[str]:
    """Whose tokens are taken, one for each key; BadKeys when the keys cannot be read."""
    from api.tokens import keys_of

    return [key.tenant for key in keys_of(token_keys(settings)).keys]


def token_keys(settings: Settings) -> str:
    """The path of the token keys, or the JWK Set itself; empty when none are set."""
    return settings.token_keys.get_secret_value() if settings.token_keys is not None else ""


def limits(settings: Settings) -> "Limits | None":
    """The limits on questions to the API, counted in Redis when the settings name one; None where everybody is at their own machine."""
    from api.counting import OwnCounts
    from api.limits import Limits, Rates

    if settings.auth == "open":
        return None
    rates = Rates(
        subject_minute=settings.questions_per_minute,
        subject_day=settings.questions_per_day,
        tenant_minute=settings.tenant_questions_per_minute,
        address_minute=settings.address_questions_per_minute,
    )
    counts = shared_counts(settings.redis_url.get_secret_value()) if settings.redis_url is not None else OwnCounts()
    return Limits(rates, counts, Pseudonyms(pseudonym_key(settings)).caller)


def shared_counts(url: str) -> "SharedCounts":
    """Counts in the Redis at the address; they work while they are ``running``."""
    from api.shared_counting import SharedCounts

    return SharedCounts(url)
