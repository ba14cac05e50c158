"""What may be logged of an error: never its message, which may hold a student's words or a token."""

from traceback import extract_tb


def outline(error: BaseException) -> str:
    """An error's type and place, and its causes'."""
    frames = extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    cause = error.__cause__ or error.__context__
    return f"{type(error).__qualname__}{place}" + (f", from {outline(cause)}" if cause is not None else "")
