"""The staff page in a real browser: from the token through an upload and its difference to publication and back."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from loopback import serving
from playwright.sync_api import Browser, Locator, Page, expect
from small_course import GROUNDED, publish, write_course
from staff_rig import TOKEN, staffed

from ingest import JobFolder
from knowledge_base.release import publish as publishing
from knowledge_base.release.layout import DataFolder

DESKTOP = (1280, 900)
PHONE = (390, 844)
PATIENCE = 60_000  # milliseconds that an ingestion may take on a busy machine
REPLACED = "---\nid: rockets.en\nlesson: rockets\ntitle: <b>How rockets work</b>\nlanguage: en\n---\nRockets drop their empty stages to be lighter.\n"
BROKEN = "---\ntitle: never closed\n"
DROP = """drop => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["no lesson"], "photo.png"));
    drop.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true, bubbles: true }));
}"""
GOLDEN = f"""- {{id: g1, language: en, question: "{GROUNDED}", contains: [["less mass"]], sources: [rockets]}}
- {{id: g2, language: en, question: "Who painted the famous sunflowers?", refuse: true}}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with a published course that has golden questions."""
    folder = tmp_path_factory.mktemp("staff")
    course = write_course(folder / "course")
    (course / "questions").mkdir()  # a course of its own, so that the schema of ours does not hold for the others' files
    (course / "questions" / "course.yaml").write_text("course: space\ntitle: {en: Space, zh: 航天}\n", encoding="utf-8")
    (course / "questions" / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    data = DataFolder(folder / "data")
    publish(data, course)
    return data


@pytest.fixture(scope="module")
def address(data: DataFolder) -> Iterator[str]:
    with staffed(data) as app, serving(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page before signing in; a complaint on its console fails the test."""
    language, (width, height) = getattr(request, "param", ("en-US", DESKTOP))
    context = browser.new_context(base_url=address, locale=language, viewport={"width": width, "height": height}, has_touch=width < 700)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/staff")
    yield page
    context.close()
    assert [complaint for complaint in complaints if "status of 4" not in complaint] == []


def sign_in(page: Page) -> None:
    page.locator("#token").fill(TOKEN)
    page.locator("#token").press("Enter")
    expect(page.locator("#documents li").first).to_be_visible()


def confirm(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def wider(page: Page) -> object:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def side(change: Locator, which: str) -> Locator:
    return change.locator(f".side.{which}").first


def test_from_upload_through_the_difference_to_publication_and_back(page: Page, address: str, data: DataFolder, tmp_path: Path) -> None:
    first = publishing.current_id(data)
    page.locator("#token").fill("not the token")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The token is not right.")
    sign_in(page)

    (tmp_path / "rockets.en.md").write_text(REPLACED, encoding="utf-8")
    (tmp_path / "broken <b>.md").write_text(BROKEN, encoding="utf-8")
    page.locator("#files").set_input_files([tmp_path / "rockets.en.md", tmp_path / "broken <b>.md"])
    change = page.locator("#change")
    expect(change.get_by_role("button", name="Publish")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_text("Built and ready. Students see no change until you publish it.")
    expect(change.locator(".chip")).to_have_text(["1 Changed"])
    expect(change.locator(".problems li").filter(has_text="broken <b>.md")).to_contain_text("line 1")
    expect(change).to_contain_text("2 golden questions were asked: 1 are answered rightly, 2 before.")
    expect(side(change, "before")).to_contain_text("less mass is easier to speed up")
    expect(side(change, "before")).to_contain_text("right")
    expect(side(change, "after")).to_contain_text("to be lighter")
    expect(side(change, "after")).to_contain_text("wrong")
    expect(side(change, "after").locator("cite")).to_have_text("<b>How rockets work</b>")
    assert publishing.current_id(data) == first

    page.reload()
    change.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 golden questions that were answered rightly no longer are.")
    confirm(page, "Publish")
    expect(change).to_contain_text("Published.")
    assert "to be lighter" in answer(address, "lighter")
    expect(page.locator("#documents li").filter(has_text="rockets.en.md").filter(has_text="upload")).to_contain_text("<b>How rockets work</b>")

    page.get_by_role("button", name="Releases").click()
    expect(page.locator(".releases > li")).to_have_count(2)
    page.get_by_role("button", name="Roll back").click()
    confirm(page, "Roll back")
    expect(page.locator(".releases > li").last.locator(".badge.current")).to_be_visible()
    assert publishing.current_id(data) == first
    assert "less mass" in answer(address, "less mass")

    page.get_by_role("button", name="Materials").click()
    change.get_by_role("button", name="Discard").click()
    confirm(page, "Discard")
    expect(change).to_be_hidden()
    assert list(data.uploads.iterdir()) == []


def answer(address: str, expected: str) -> str:
    """What a student is answered, once it holds what is expected (a new release is noticed within two seconds)."""
    said = ""
    for _ in range(300):
        said = httpx2.post(f"{address}/v1/ask", json={"question": GROUNDED}, trust_env=False).json()["answer"]
        if expected in said:
            break
    return said


def test_the_list_is_searched_and_removing_asks_first(page: Page) -> None:
    sign_in(page)
    page.get_by_role("searchbox").fill("火箭 rockets.zh")
    expect(page.locator("#documents li")).to_have_count(1)
    page.get_by_role("button", name="Remove 火箭是怎样飞起来的").click()
    expect(page.get_by_role("dialog")).to_contain_text("no later ingestion brings it back")
    confirm(page, "Cancel")
    expect(page.locator("#change")).to_be_hidden()
    page.get_by_role("searchbox").fill("nothing of the kind")
    expect(page.locator("#documents")).to_have_text("Nothing matches.")


def test_a_folder_is_uploaded_with_its_paths_and_a_running_job_is_stopped(page: Page, data: DataFolder, tmp_path: Path) -> None:
    sign_in(page)
    for name in ("太阳帆/sails.md", "太阳帆/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A solar sail is pushed by sunlight.", encoding="utf-8")
    page.locator("#folder").set_input_files(tmp_path / "太阳帆")
    page.locator("#change").get_by_role("button", name="Stop").click()
    expect(page.locator("#change")).to_contain_text("This did not work. Nothing was changed.", timeout=PATIENCE)
    expect(page.locator("#change")).to_contain_text("it was stopped")
    assert JobFolder(max(data.jobs.glob("2*"))).wish().files == ("太阳帆/sails.md",)
    assert list(data.uploads.iterdir()) == []


def test_a_refused_upload_is_told_in_plain_words(page: Page, data: DataFolder, tmp_path: Path) -> None:
    sign_in(page)
    page.locator("#drop").evaluate(DROP)
    expect(page.locator("#banner")).to_contain_text("The server did not take this: photo.png: is no kind of file that is read")
    (tmp_path / "a.md").write_text("A lesson.")
    with publishing.writing(data):
        page.locator("#files").set_input_files(tmp_path / "a.md")
        expect(page.locator("#banner")).to_contain_text("Another ingestion or publication is under way")
    expect(page.locator("#change")).to_be_hidden()


@pytest.mark.parametrize("page", [("zh-CN", PHONE)], indirect=True)
def test_on_a_phone_in_chinese_every_view_fits_and_the_token_is_forgotten(page: Page) -> None:
    expect(page.get_by_role("heading", name="仅限教务人员")).to_be_visible()
    sign_in(page)
    for view, title in (("materials", "教材"), ("releases", "版本"), ("heard", "学生")):
        page.locator(f"[data-view={view}]").click()
        expect(page.get_by_role("heading", name=title, level=2, exact=True)).to_be_visible()
        assert not wider(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Asked in vain")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#token")).to_be_focused()
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    expect(page.locator("#token")).to_be_visible()


def test_both_languages_say_the_same_things(page: Page) -> None:
    english, chinese = page.evaluate("import('/staff/words.js').then(({ WORDS }) => [Object.keys(WORDS.en), Object.keys(WORDS.zh)])")
    assert english == chinese
    said = page.locator("[data-say]").evaluate_all("elements => elements.map(element => element.dataset.say)")
    assert set(said) <= set(english)
    scripts = "".join(path.read_text(encoding="utf-8") for path in (Path(sys.modules["api"].__path__[0]) / "static" / "staff").glob("*.js"))
    assert "innerHTML" not in scripts
