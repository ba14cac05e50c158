"""One file a format: each takes a file's bytes and gives its text in order, with pages, slides or seconds where it has them.

A suffix says the format. Those of `SANDBOXED` are parsed in a child process: their parsers are large, and such files come damaged or hostile.
"""

from collections.abc import Callable

from ingest.formats import subtitles, text
from ingest.types import Parsed

MARKDOWN = (".md", ".markdown")
YAML = (".yaml", ".yml")
ARCHIVE = ".zip"

SANDBOXED = (".pdf", ".docx", ".pptx", ".xlsx", ".html", ".htm", ".csv")
PARSERS: dict[str, Callable[[bytes], Parsed]] = {".txt": text.parse, ".srt": subtitles.parse_srt, ".vtt": subtitles.parse_vtt}
READ = frozenset({*MARKDOWN, *YAML, ARCHIVE, *SANDBOXED, *PARSERS})

# Material in a format that is not read, and what to save it as. Pictures, films, programs and the like are no material at all.
_SAVE_AS = {
    ".docx or .pdf": ".doc .docm .dot .dotx .rtf .odt .pages .wps .epub .mobi .tex .rst .adoc .org",
    ".pptx or .pdf": ".ppt .pps .ppsx .pptm .odp .key .dps",
    ".xlsx or .csv": ".xls .xlsm .xlsb .ods .numbers .et .tsv",
    ".srt or .vtt": ".ass .ssa .sub .sbv .lrc .ttml",
    ".html": ".mht .mhtml .xhtml",
    ".zip": ".rar .7z .tar .gz .tgz .bz2 .xz",
}
ADVICE = {suffix: advice for advice, suffixes in _SAVE_AS.items() for suffix in suffixes.split()}
