"""A small course player on an origin of its own, as a school's would be: it knows the tutor by its widget alone and imports nothing of ours."""

from player.app import Embedding, create_app
from player.course import BadCourse, Course, Unread, open_course
from player.signing import BadKey, Signer, signer_of

__all__ = ["BadCourse", "BadKey", "Course", "Embedding", "Signer", "Unread", "create_app", "open_course", "signer_of"]
