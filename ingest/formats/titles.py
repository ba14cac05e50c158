"""Titles that programs write into files: which of them a person meant."""

import re

from ingest.formats.typography import one_line

LONGEST = 200
_FILE = re.compile(r"\.(?:docx?|pptx?|xlsx?|pdf|odt|odp|ods|rtf|txt|html?|indd|qxd|tex|dvi|wpd|pages|key|wps)$", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:untitled|无标题|未命名|about:blank|title|标题|document|文档|presentation|演示文稿|powerpoint(?: presentation| 演示文稿)?"
    r"|slide|幻灯片|print|打印|template|模板)[\s\d.\-_()（）]*",
    re.IGNORECASE,
)


def sensible(title: str | None) -> str | None:
    """The title on one line, None when it is no more than a file's name or a program's placeholder."""
    text = one_line(title or "")
    named_by_program = _FILE.search(text) or _EMPTY.fullmatch(text) or text.startswith(("Microsoft Word - ", "Microsoft PowerPoint - "))
    return text if text and len(text) <= LONGEST and not named_by_program and any(map(str.isalpha, text)) else None
