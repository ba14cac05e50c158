"""What two documents that tell the same in two languages share of their ids."""

import re

_LANGUAGE = re.compile(r"^(?:en|zh)[._/-]|[._/-](?:en|zh)(?=$|[._/-])")


def stem(identity: str) -> str:
    """The id without its language: ``rockets.en`` and ``rockets.zh``, ``en-00-0.md`` and ``zh-00-0.md`` share one."""
    return _LANGUAGE.sub("", identity)
