"""Questions given on the command line follow the same rules as those sent over HTTP."""

import typer
from pydantic import ValidationError

from api.wire import Asked
from tutor.types import Question


def checked(text: str) -> Question:
    """The question, or a usage error that says what is wrong with it."""
    try:
        return Asked(question=text).as_question()
    except ValidationError as error:
        raise typer.BadParameter(error.errors()[0]["msg"], param_hint="question") from error
