"""The staff's endpoints from upload to rollback, with real ingestions as child processes."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_course import publish
from staff_rig import BEARER, TOKEN, StaffClient, staffed

from ingest import Ingestion, Order, uploaded, withdrawn
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release import publish as publishing
from knowledge_base.release.layout import DataFolder

MOON = "Where does the Moon turn around the Earth?"
NEW_MOON = "---\nid: moon.en\nlesson: moon\nlanguage: en\ntitle: The Moon\n---\nThe Moon turns around the Earth and pulls the sea.\n"
SAILS = "---\ntitle: Solar sails\nlanguage: en\n---\nA solar sail is pushed by sunlight alone.\n"
BROKEN = "---\ntitle: never closed\n"


@pytest.fixture
def first(data: DataFolder, course: Path) -> str:
    """The release that is published before staff do anything."""
    return publish(data, course)


@pytest.fixture
def staff(data: DataFolder, first: str) -> Iterator[StaffClient]:
    assert first
    with staffed(data) as app, TestClient(app) as http:
        yield StaffClient(http)


def test_from_upload_through_the_difference_to_publication_and_back(staff: StaffClient, data: DataFolder, first: str) -> None:
    begun = staff.upload(moon_md=NEW_MOON, sails_md=SAILS, broken_md=BROKEN)
    busy = staff.upload(other_md=SAILS)
    assert (busy.status_code, busy.json()["error"]["code"]) == (409, "busy")
    job = staff.ended(begun)
    assert job["state"] == "done"
    assert job["plan"] == {"added": ["moon.en", "sails.md"], "changed": [], "renamed": [], "removed": [], "unchanged": 0, "problems": job["problems"]}
    assert ("broken.md", 1) in [(problem["path"], problem["line"]) for problem in job["problems"]]
    assert job["unread"] == ["broken.md"]
    assert job["report"]["documents"] == {"added": 2, "changed": 0, "removed": 0, "unchanged": 0, "failed": 1}
    assert (job["diff"]["added"], job["diff"]["changed"], job["diff"]["removed"]) == (["sails.md"], ["moon.en"], [])
    assert (job["parent"], job["diff"]["before"], job["diff"]["after"]) == (first, first, job["release"])
    assert [*uploaded(data)] == ["moon.md", "sails.md"]
    assert publishing.current_id(data) == first
    assert "once around" in staff.answer(MOON)["answer"]

    materials = staff.get("/v1/documents")
    assert materials["release"] == first
    assert materials["job_id"] == job["job_id"]
    assert [(upload["name"], upload["published"]) for upload in materials["uploads"]] == [("moon.md", False), ("sails.md", False)]

    staff.published(job["release"])
    assert "pulls the sea" in staff.answer(MOON)["answer"]
    document = next(one for one in staff.get("/v1/documents")["documents"] if one["doc_id"] == "moon.en")
    assert document == {"doc_id": "moon.en", "title": "The Moon", "source": "staff", "language": "en", "kind": "lesson", "path": "moon.md"}
    assert all(upload["published"] for upload in staff.get("/v1/documents")["uploads"])
    assert staff.delete(f"/v1/jobs/{job['job_id']}").status_code == 409

    rolled = staff.post("/v1/releases/rollback")
    assert rolled.json() == {"published": first, "before": job["release"]}
    staff.came(first)
    assert "once around" in staff.answer(MOON)["answer"]
    assert staff.post("/v1/releases/rollback").status_code == 409
    assert staff.delete(f"/v1/jobs/{job['job_id']}").json()["state"] == "discarded"
    assert [*uploaded(data)] == []
    assert staff.get("/v1/documents")["job_id"] is None

    listed = staff.get("/v1/releases")
    assert listed["published"] == first
    assert [(one["release"], one["published"]) for one in listed["releases"]] == [(first, True), (job["release"], False)]
    actions = [json.loads(line) for line in (data.root / "staff.log").read_text().splitlines()]
    assert [one["action"] for one in actions] == ["upload", "publish", "roll back", "discard"]
    assert actions[0]["subject"] == "moon.md, sails.md, broken.md"
    assert TOKEN not in (data.root / "staff.log").read_text()


def test_a_document_of_the_course_is_withdrawn_until_it_is_brought_back_or_uploaded(staff: StaffClient, data: DataFolder, course: Path) -> None:
    job = staff.ended(staff.delete("/v1/documents/moon.en"))
    assert job["diff"]["removed"] == ["moon.en"]
    staff.published(job["release"])
    assert staff.answer(MOON)["kind"] == "refused"
    assert staff.get("/v1/documents")["withdrawn"] == ["moon.en"]
    again = Ingestion(data, HashingEmbedder).run(Order([course]))
    assert again.plan.empty

    lifted = staff.ended(staff.upload(moon_md=NEW_MOON))
    assert lifted["diff"]["added"] == ["moon.en"]
    assert withdrawn(data) == frozenset()
    assert staff.delete(f"/v1/jobs/{lifted['job_id']}").status_code == 200
    assert withdrawn(data) == {"moon.en"}

    assert staff.delete("/v1/withdrawals/moon.en").status_code == 204
    assert staff.delete("/v1/withdrawals/moon.en").status_code == 404
    assert Ingestion(data, HashingEmbedder).run(Order([course])).plan.added == ("moon.en",)


def test_a_file_of_an_archive_is_removed_by_its_own_name(staff: StaffClient, data: DataFolder) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("航天/光帆 1.md", "光帆由阳光推动前进。")
        archive.writestr("航天/离子.md", "离子发动机推力很小。")
        archive.writestr("../evil.md", "evil")
    begun = staff.http.post("/v1/documents", headers=BEARER, files=[("files", ("lessons.zip", content.getvalue()))])
    job = staff.ended(begun)
    assert job["diff"]["added"] == ["航天/光帆 1.md", "航天/离子.md"]
    assert job["problems"][0]["path"] == "lessons.zip!../evil.md"
    removed = staff.ended(staff.delete("/v1/documents/%E8%88%AA%E5%A4%A9%2F%E5%85%89%E5%B8%86%201.md"))
    assert removed["parent"] == job["parent"]
    assert removed["diff"]["added"] == ["航天/离子.md"]
    assert [*uploaded(data)] == ["航天/离子.md"]


def test_what_others_published_meanwhile_is_not_undone_unseen(staff: StaffClient, data: DataFolder, course: Path, first: str) -> None:
    job = staff.ended(staff.upload(sails_md=SAILS))
    (course / "moon.md").write_text(NEW_MOON)
    second = publish(data, course)
    stale = staff.post(f"/v1/releases/{job['release']}/publish?instead_of={first}")
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "conflict")
    assert publishing.current_id(data) == second
    assert staff.post(f"/v1/releases/rollback?instead_of={first}").status_code == 409
    assert publishing.current_id(data) == second
    again = staff.ended(staff.post("/v1/jobs"))
    assert again["parent"] == second
    assert again["diff"]["added"] == ["sails.md"]
    staff.published(again["release"])
    assert "pulls the sea" in staff.answer(MOON)["answer"]


def test_while_another_writer_holds_the_folder_nothing_begins(staff: StaffClient, data: DataFolder, first: str) -> None:
    with publishing.writing(data):
        for response in (
            staff.upload(sails_md=SAILS),
            staff.delete("/v1/documents/moon.en"),
            staff.post(f"/v1/releases/{first}/publish"),
            staff.post("/v1/jobs"),
        ):
            assert (response.status_code, response.json()["error"]["code"]) == (409, "busy")


def test_what_cannot_be_searched_is_not_published(staff: StaffClient, data: DataFolder, first: str) -> None:
    assert staff.post("/v1/releases/20260101T000000Z-00000000/publish").status_code == 404
    manifest = data.release(first) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"hashing"', '"another"'))
    response = staff.post(f"/v1/releases/{first}/publish")
    assert response.status_code == 409
    assert "another" in response.json()["error"]["message"]


def test_what_is_not_there_is_told(staff: StaffClient, first: str) -> None:
    for response in (
        staff.delete("/v1/documents/no/such.pdf"),
        staff.http.get("/v1/jobs/20260701T000000000000Z", headers=BEARER),
        staff.http.get("/v1/jobs/%2e%2e", headers=BEARER),
        staff.http.get(f"/v1/releases/{first}/diff/nothing", headers=BEARER),
        staff.delete("/v1/jobs/x"),
    ):
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
    same = staff.get(f"/v1/releases/{first}/diff/{first}")
    assert (same["added"], same["changed"], same["removed"], same["review"]) == ([], [], [], None)


def test_a_trial_tells_the_plan_and_keeps_nothing_but_its_record(data: DataFolder, first: str) -> None:
    with staffed(data) as app, TestClient(app) as http:
        job = StaffClient(http).ended(StaffClient(http).upload(dry_run=True, sails_md=SAILS))
    assert (job["state"], job["dry_run"], job["plan"]["added"], job["release"], job["diff"]) == ("done", True, ["sails.md"], None, None)
    assert [*uploaded(data)] == []
    assert [release.release for release in publishing.listed(data)] == [first]
    with staffed(data) as app, TestClient(app) as http:
        assert StaffClient(http).get(f"/v1/jobs/{job['job_id']}") == job
        assert StaffClient(http).get("/v1/documents")["job_id"] is None


def test_without_a_memory_nothing_is_heard(staff: StaffClient) -> None:
    assert staff.get("/v1/gaps") == {"kept": False, "gaps": []}
    assert staff.get("/v1/feedback") == {"kept": False, "tallies": [], "comments": []}
