import { follow, showUploading, stopFollowing } from "./change.js";
import { banner, confirmed, find, make, number, remember, say } from "./dom.js";
import { chosen, dropped } from "./files.js";
import { Trouble, ask, upload } from "./server.js";

/** Materials: dropped in, listed, searched, removed, brought back. */

const PAGE = 100; // documents shown at once
let materials = { documents: [], uploads: [], withdrawn: [], release: null, job_id: null };
let shown = PAGE;

export async function showMaterials() {
  await renew();
  if (materials.job_id) await follow(materials.job_id, renew);
}

async function renew() {
  materials = await ask("GET", "v1/documents");
  showSources();
  showDocuments();
  showWithdrawn();
}

/** What students can be answered from, and before it the uploads that no published document comes from. */
function entries() {
  const waiting = materials.uploads.filter((file) => !file.published);
  return [
    ...waiting.map((file) => ({ doc_id: file.name, title: file.name, path: file.name, source: "staff", waits: true })),
    ...materials.documents,
  ];
}

function showSources() {
  const select = find("source");
  const sources = [...new Set(entries().map((document) => document.source))].sort();
  const before = select.value;
  select.replaceChildren(make("option", { value: "", says: "all_sources" }), ...sources.map(sourceOption));
  select.value = sources.includes(before) ? before : "";
  select.hidden = sources.length < 2;
}

function sourceOption(source) {
  const known = ["course", "staff"].includes(source);
  return make("option", { value: source, ...(known ? { says: `source_${source}` } : { textContent: source }) });
}

function showDocuments() {
  const words = find("search").value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const source = find("source").value;
  const fits = (one) => {
    const text = `${one.title} ${one.doc_id} ${one.path}`.toLowerCase();
    return (!source || one.source === source) && words.every((word) => text.includes(word));
  };
  const all = entries();
  const found = all.filter(fits);
  find("documents-count").textContent = found.length === all.length ? number(all.length) : `${number(found.length)} / ${number(all.length)}`;
  const nothing = make("li", { className: "soft", says: all.length ? "none_found" : "none_yet" });
  find("documents").replaceChildren(...(found.length ? found.slice(0, shown).map(row) : [nothing]));
  find("more").hidden = found.length <= shown;
  remember(find("more"), "say", ["more", number(Math.min(PAGE, found.length - shown))]);
}

function row(document) {
  const about = document.waits
    ? [make("span", { className: "badge waits", says: "waits" })]
    : [make("span", { says: `in_${document.language}` }), make("span", { says: `kind_${document.kind}` })];
  if (document.source === "staff") about.push(make("span", { className: "badge", says: "upload" }));
  const file = document.path === document.title ? null : make("span", { className: "path", textContent: document.path });
  return make(
    "li",
    {},
    make("div", { className: "document" }, make("span", { className: "document-title", textContent: document.title }), make("span", { className: "about" }, ...about, file)),
    make("button", { type: "button", className: "quiet", says: "remove", label: ["remove_named", document.title], onclick: () => remove(document) }),
  );
}

async function remove(document) {
  const text = document.source === "staff" ? say("remove_upload", document.path) : say("remove_course");
  if (!(await confirmed(say("remove_title", document.title), text, say("remove_yes")))) return;
  await tried(async () => {
    const { job_id } = await ask("DELETE", `v1/documents/${addressed(document.doc_id)}`);
    await follow(job_id, renew, { fresh: true });
  });
}

function showWithdrawn() {
  const back = (id) => make("button", { type: "button", className: "quiet", says: "bring_back", label: ["bring_back_named", id], onclick: () => bringBack(id) });
  const rows = materials.withdrawn.map((id) => make("li", {}, make("span", { className: "document-title", textContent: id }), back(id)));
  const parts = [make("h3", { says: "withdrawn" }), make("p", { className: "soft small", says: "withdrawn_lead" }), make("ul", { className: "documents" }, ...rows)];
  find("withdrawn").replaceChildren(...(rows.length ? parts : []));
}

const bringBack = (id) =>
  tried(async () => {
    await ask("DELETE", `v1/withdrawals/${addressed(id)}`);
    await renew();
  });

const addressed = (id) => id.split("/").map(encodeURIComponent).join("/");

async function bring(files) {
  if (!files.length) return banner(say("nothing_chosen"));
  await tried(async () => {
    stopFollowing();
    const telling = showUploading();
    try {
      const { job_id } = await upload(files, find("trial").checked, telling);
      await follow(job_id, renew, { fresh: true });
    } catch (error) {
      find("change").hidden = true;
      throw error;
    }
  });
}

/** Does something that the server may refuse, and tells so. */
async function tried(work) {
  banner();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status === 404) await renew();
    if (error.status !== 401) banner(error.message);
    if (materials.job_id && error.status !== 401) await follow(materials.job_id, renew);
  }
}

const drop = find("drop");
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  bring(await dropped(event.dataTransfer));
});
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault()); // a file that misses must not open in place of the page
for (const [button, input] of [["choose-files", "files"], ["choose-folder", "folder"]]) {
  find(button).addEventListener("click", () => find(input).click());
  find(input).addEventListener("change", () => {
    bring(chosen(find(input).files));
    find(input).value = "";
  });
}
find("search").addEventListener("input", () => {
  shown = PAGE;
  showDocuments();
});
find("source").addEventListener("change", showDocuments);
find("more").addEventListener("click", () => {
  shown += PAGE;
  showDocuments();
});
