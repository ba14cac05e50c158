import { answers } from "./answers.js";
import { banner, confirmed, find, make, number, say, time, when } from "./dom.js";
import { Trouble, ask } from "./server.js";

/** Releases: listed newest first, compared with the published one, published, rolled back. */

export async function showReleases() {
  const { published, releases } = await ask("GET", "v1/releases");
  const newest = [...releases].reverse();
  const current = newest.find((one) => one.published);
  const parent = newest.find((one) => one.release === current?.parent);
  find("rollback").hidden = !parent;
  find("rollback").onclick = () => rollBack(parent, published);
  const nothing = make("li", { className: "soft", says: "no_releases" });
  find("releases-list").replaceChildren(...(newest.length ? newest.map((one) => row(one, published)) : [nothing]));
}

function row(release, published) {
  const counts = ["counts", number(release.documents), number(release.passages), number(release.embedded)];
  const compared = make("div", { className: "compared" });
  const compare = make("button", { type: "button", className: "quiet", says: "compare", onclick: () => showDifference(published, release, compared) });
  const publish = make("button", { type: "button", className: "secondary", says: "publish", onclick: () => publishRelease(release, published) });
  return make(
    "li",
    { className: release.published ? "current" : "" },
    make(
      "div",
      { className: "release" },
      make("p", { className: "release-time" }, time(release.created), release.published ? make("span", { className: "badge current", says: "is_published" }) : null),
      make("p", { className: "soft small", says: counts }),
      make("p", { className: "path", textContent: release.release }),
    ),
    release.published ? null : make("div", { className: "buttons" }, published ? compare : null, publish),
    compared,
  );
}

async function publishRelease(release, published) {
  if (!(await confirmed(say("release_title", when(release.created)), say("release_text"), say("publish")))) return;
  const over = published ? `?instead_of=${encodeURIComponent(published)}` : "";
  await moved(() => ask("POST", `v1/releases/${encodeURIComponent(release.release)}/publish${over}`));
}

async function rollBack(parent, published) {
  if (!(await confirmed(say("rollback_title"), say("rollback_text", when(parent.created)), say("rollback")))) return;
  await moved(() => ask("POST", `v1/releases/rollback?instead_of=${encodeURIComponent(published)}`));
}

async function moved(work) {
  banner();
  let words = "";
  try {
    await work();
    find("told").textContent = say("published_now");
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status === 401) return;
    words = error.message;
  }
  await showReleases();
  banner(words);
}

async function showDifference(published, release, place) {
  if (place.childElementCount) return place.replaceChildren();
  await told(async () => {
    const found = await ask("GET", `v1/releases/${encodeURIComponent(published)}/diff/${encodeURIComponent(release.release)}`);
    const kinds = ["added", "changed", "removed"].filter((kind) => found[kind].length);
    place.replaceChildren(
      make("p", { className: "label", says: "compare_from" }),
      ...kinds.map((kind) => make("div", { className: "planned" }, make("h3", { says: kind }), make("ul", { className: "ids" }, ...found[kind].map((id) => make("li", { textContent: id }))))),
      make("p", { className: "soft small", says: ["passages_diff", number(found.passages_added), number(found.passages_removed)] }),
      ...(found.review ? answers(found.review) : []),
    );
  });
}

async function told(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status !== 401) banner(error.message);
  }
}
