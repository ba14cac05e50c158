"""Every line that the desk itself says. `{}` stands for the value put in."""

from dataclasses import dataclass

from tutor.types import GradeBand


@dataclass(frozen=True)
class Asking:
    """Around questions and answers. Those that begin with ``hint`` have at most 200 characters, as hints may."""

    ask_something: str
    too_long: str
    unreadable: str
    only_text: str
    wait: str
    seconds: str
    minutes: str
    hours: str
    apology: str
    memory_away: str
    page: str
    moment: str
    as_of: str
    other_language: str
    quote: str
    hint_old: str
    hint_not_yours: str
    hint_ask_again: str
    helped: str
    not_helped: str
    hint_helped: str
    hint_not_helped: str
    feedback_how: str
    feedback_no_answer: str
    feedback_noted_helped: str
    feedback_noted_not_helped: str
    sources_of_last: str
    no_sources: str
    sources_gone: str
    no_answer_yet: str


@dataclass(frozen=True)
class Browsing:
    """Around lessons and missions."""

    lessons: str
    missions: str
    choose: str
    no_lessons: str
    no_missions: str
    earlier: str
    later: str
    goals: str
    sections: str
    for_grade: str
    open_player: str
    ask_about: str
    ask_anything: str
    ask_for_example: str
    quiz_me: str
    all_lessons: str
    all_missions: str
    unknown_link: str
    launched: str


@dataclass(frozen=True)
class Quizzing:
    """Around quizzes."""

    choose: str
    no_quizzes: str
    none_here: str
    question: str
    in_unit: str
    reply_how: str
    choose_how: str
    hint: str
    stop: str
    right: str
    partly: str
    wrong: str
    partly_first: str
    wrong_first: str
    unsure: str
    unsure_first: str
    again: str
    answer: str
    score: str
    some_partly: str
    stopped: str
    no_quiz: str
    changed: str
    hint_other: str
    once_more: str
    to_lesson: str
    other_lesson: str


@dataclass(frozen=True)
class Choosing:
    """Around what a person chooses, and around what is kept of them."""

    start: str
    help: str
    new: str
    language: str
    language_is: str
    own_language: str
    level: str
    level_is: str
    no_level: str
    any_level: str
    privacy: str
    privacy_model: str
    forgotten: str
    nothing_was_kept: str
    left: str
    answers: str
    judgements: str
    choices: str
    nothing: str
    between: str


@dataclass(frozen=True)
class Words:
    """Everything in one language. `commands` are a name and what it does, in the order of the menu; `units` are the course's, by their ids."""

    commands: tuple[tuple[str, str], ...]
    bands: dict[GradeBand, str]
    units: dict[str, str]
    asking: Asking
    browsing: Browsing
    quizzing: Quizzing
    choosing: Choosing
