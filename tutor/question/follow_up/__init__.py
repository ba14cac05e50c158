"""Follow-ups: questions that only the conversation before them completes, and how it does."""

from tutor.question.follow_up.resolve import Resolved, may_follow, repeated, resolve

__all__ = ["Resolved", "may_follow", "repeated", "resolve"]
