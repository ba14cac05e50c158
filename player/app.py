"""The player's pages: the lessons by unit, a lesson beside its talk, and the tutor by one script tag."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from player.course import Course, Language, Lesson
from player.frame import Frame
from player.markdown import rendered
from player.signing import PUPILS, Pupil, Signer
from player.words import UNITS, WORDS

COOKIE = "pupil"
LOCALES: Mapping[Language, str] = {"en": "en", "zh": "zh-CN"}
STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Embedding:
    """Where the pages are, where the tutor is, both as origins, and who signs for the pupils: nobody where the tutor is open."""

    origin: str
    api: str
    signer: Signer | None = None


def create_app(course: Course, embedding: Embedding) -> Starlette:
    """The player of the course. Pages answer at `embedding.origin` alone: the tutor knows them by it."""
    player = _Player(course, embedding)
    routes = [
        Route("/", player.page),
        Route("/talks/{doc_id}", player.talk),
        Route("/token", player.token, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Frame, origin=embedding.origin, api=embedding.api)])


class _Player:
    def __init__(self, course: Course, embedding: Embedding) -> None:
        self._course = course
        self._embedding = embedding
        self._pages = Environment(loader=PackageLoader("player"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    async def page(self, request: Request) -> Response:
        """The lesson that ``?doc=`` names, the list of all without it. Its script reads ``t`` and ``anchor``."""
        doc_id = request.query_params.get("doc")
        if doc_id is None:
            return self._listed(request)
        lesson = self._course.find(doc_id)
        return self._missing(request, doc_id) if lesson is None else self._shown(request, lesson)

    async def talk(self, request: Request) -> Response:
        """What is said in a lesson's video, as captions."""
        lesson = self._course.find(request.path_params["doc_id"])
        if lesson is None or lesson.talk is None:
            return Response(status_code=404)
        return FileResponse(lesson.talk, media_type="text/vtt")

    async def token(self, request: Request) -> Response:
        """A token for the pupil and the lesson that the form names; the pupil stays signed in while the browser is open."""
        signer = self._embedding.signer
        if signer is None or request.headers.get("origin") != self._embedding.origin:
            return Response(status_code=404 if signer is None else 403)
        async with request.form(max_fields=10, max_files=0) as form:
            lesson = self._course.find(str(form.get("doc")))
            pupil = next((one for one in PUPILS if one.sub == form.get("pupil")), None)
            language = _language(str(form.get("locale")))
        if pupil is None:
            return Response(status_code=422)
        response = JSONResponse({"token": self._token(pupil, lesson, language), "life_s": signer.life_s}, headers={"Cache-Control": "no-store"})
        response.set_cookie(COOKIE, pupil.sub, httponly=True, samesite="strict")
        return response

    def _listed(self, request: Request) -> Response:
        language = _language(request.query_params.get("lang") or request.headers.get("accept-language", ""))
        other = "/?lang=" + ("zh" if language == "en" else "en")
        return self._html(request, "lessons.html", None, language=language, other=other)

    def _shown(self, request: Request, lesson: Lesson) -> Response:
        other = self._course.other(lesson)
        heading, text = rendered(lesson.body)
        return self._html(
            request,
            "lesson.html",
            lesson,
            language=lesson.language,
            other=f"/?doc={other.doc_id}" if other is not None else None,
            heading=heading,
            text=text,
            beside=self._course.beside(lesson),
        )

    def _missing(self, request: Request, doc_id: str) -> Response:
        language = _language(request.headers.get("accept-language", ""))
        response = self._html(request, "missing.html", None, language=language, other=None, doc_id=doc_id)
        response.status_code = 404
        return response

    def _html(self, request: Request, name: str, lesson: Lesson | None, *, language: Language, **more: Any) -> Response:
        pupil = self._pupil(request)
        page = self._pages.get_template(name).render(
            words=WORDS[language],
            units=UNITS[language],
            course=self._course,
            api=self._embedding.api,
            lesson=lesson,
            language=language,
            locale=LOCALES[language],
            locales=LOCALES,
            pupils=PUPILS if pupil is not None else (),
            pupil=pupil,
            token=self._token(pupil, lesson, language) if pupil is not None else None,
            life_s=self._embedding.signer.life_s if self._embedding.signer is not None else None,
            **more,
        )
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})

    def _pupil(self, request: Request) -> Pupil | None:
        """Who is at the computer, as far as that is asked: the first pupil until another is chosen."""
        if self._embedding.signer is None:
            return None
        return next((one for one in PUPILS if one.sub == request.cookies.get(COOKIE)), PUPILS[0])

    def _token(self, pupil: Pupil, lesson: Lesson | None, language: Language) -> str:
        assert self._embedding.signer is not None
        name = lesson.lesson if lesson is not None else None
        return self._embedding.signer.token(pupil, locale=LOCALES[language], course=self._course.name, lesson=name)


def _language(said: str) -> Language:
    """The language of a tag or of an Accept-Language header, by what stands first."""
    return "zh" if said.lower().startswith("zh") else "en"
