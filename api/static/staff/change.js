import { banner, confirmed, find, make, number, remember, say } from "./dom.js";
import { answers } from "./answers.js";
import { Trouble, ask } from "./server.js";

/** One job from upload to publication: how far it is, what it changes, and what to do with it. */

const EVERY = 700; // milliseconds between looks at a running job
const NAMED = 12; // documents named before the rest is folded
const STEPS = { embedding: "embedding", indexing: "indexing", "asking golden questions": "reviewing" }; // what the server says, in the page's words
let following = 0; // rises whenever another job is followed, so that only the last one is shown

export const stopFollowing = () => following++;

/** Shows the job until it is done. An old one is shown only while there is something left to do with it; `fresh` ones always. */
export async function follow(jobId, renew, { fresh = false } = {}) {
  const mine = ++following;
  for (;;) {
    const job = await ask("GET", `v1/jobs/${jobId}`);
    if (mine !== following) return;
    if (job.state !== "running") return settled(job, renew, fresh);
    fresh = true;
    showRunning(job);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

async function settled(job, renew, fresh) {
  if (fresh) await renew();
  const { published, releases } = await ask("GET", "v1/releases");
  const open = job.state === "done" && job.release && !isWithin(job.release, published, releases) && releases.some(({ release }) => release === job.release);
  find("change").hidden = !(fresh || open);
  if (fresh || open) show(job, { open, stale: open && job.parent !== published }, renew);
}

/** Whether a release is the published one or one that it was built upon. */
function isWithin(release, published, releases) {
  const parents = new Map(releases.map((one) => [one.release, one.parent]));
  for (let at = published; at; at = parents.get(at)) if (at === release) return true;
  return false;
}

/* --- while it runs --- */

export function showUploading() {
  const { line, bar } = begin();
  return (hundredths) => {
    remember(line, "say", ["uploading", String(hundredths)]);
    bar.value = hundredths;
  };
}

function begin(shown = "") {
  const panel = find("change");
  panel.hidden = false;
  const line = make("p", { className: "state", says: "starting" });
  const bar = make("progress", { max: 100, label: "this_change" });
  panel.replaceChildren(make("h3", { says: "this_change" }), line, bar);
  panel.dataset.state = "running";
  panel.dataset.shown = shown;
  return { panel, line, bar };
}

/** Built anew only when the plan arrives, so that nobody loses the button from under the fingers. */
function showRunning({ job_id, progress, plan, problems }) {
  const panel = find("change");
  const shown = `${job_id} ${Boolean(plan)}`;
  if (panel.dataset.shown !== shown || panel.dataset.state !== "running") {
    begin(shown);
    const stop = make("button", { type: "button", className: "secondary", says: "stop", onclick: () => done(() => ask("DELETE", `v1/jobs/${job_id}`)) });
    panel.append(...planned(plan, null), ...troubles(problems), make("div", { className: "buttons" }, stop));
  }
  const line = panel.querySelector(".state");
  if (progress) {
    const what = progress.what in STEPS ? say(STEPS[progress.what]) : progress.what;
    remember(line, "say", ["working", what, number(progress.done), number(progress.total)]);
    panel.querySelector("progress").value = (100 * progress.done) / (progress.total || 1);
  } else if (plan) {
    remember(line, "say", "building");
  }
}

/* --- when it is done --- */

function show(job, { open, stale }, renew) {
  const panel = find("change");
  const state = job.state === "failed" ? "failed" : stale ? "stale" : open ? "built" : job.dry_run ? "tried" : "same";
  panel.dataset.state = state;
  panel.replaceChildren(
    ...[make("h3", { says: job.dry_run ? "this_trial" : "this_change" }), make("p", { className: "state", says: state })],
    ...(job.error ? [make("p", { className: "error", textContent: job.error })] : []),
    ...planned(job.plan, job.diff),
    ...troubles(job.problems, job.unread),
    ...(job.diff ? answers(job.diff.review) : []),
    buttons(job, { open, stale }, renew),
  );
  find("told").textContent = say(state);
}

function buttons(job, { open, stale }, renew) {
  const button = (key, kind, onclick) => make("button", { type: "button", className: kind, says: key, onclick });
  const close = button("dismiss", "secondary", () => (find("change").hidden = true));
  if (!open) return make("div", { className: "buttons" }, close);
  const forward = stale ? button("build_again", "primary", () => buildAgain(renew)) : button("publish", "primary", () => publish(job, renew));
  return make("div", { className: "buttons" }, forward, button("discard", "secondary", () => discard(job, renew)));
}

async function publish(job, renew) {
  const worse = worsened(job.diff?.review);
  const text = worse ? say("publish_failing", number(worse)) : say("publish_text");
  if (!(await confirmed(say("publish_title"), text, say("publish")))) return;
  await done(async () => {
    const over = job.parent ? `?instead_of=${encodeURIComponent(job.parent)}` : "";
    await ask("POST", `v1/releases/${encodeURIComponent(job.release)}/publish${over}`);
    await renew();
    const panel = find("change");
    panel.dataset.state = "published";
    panel.replaceChildren(make("h3", { says: "this_change" }), make("p", { className: "state", says: "published_now" }), buttons(job, {}, renew));
    find("told").textContent = say("published_now");
  }, job, renew);
}

const worsened = (review) => (review?.changes ?? []).filter(({ before, after }) => before?.right && !after.right).length;

async function discard(job, renew) {
  if (!(await confirmed(say("discard_title"), say("discard_text"), say("discard")))) return;
  await done(async () => {
    await ask("DELETE", `v1/jobs/${job.job_id}`);
    find("change").hidden = true;
    await renew();
  }, job, renew);
}

const buildAgain = (renew) =>
  done(async () => {
    const { job_id } = await ask("POST", "v1/jobs");
    await follow(job_id, renew, { fresh: true });
  });

/** Does something with the job; after a refusal the job is looked at again, since something else has happened. */
async function done(work, job, renew) {
  banner();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status === 401) return;
    banner(error.message);
    if (job) await follow(job.job_id, renew);
  }
}

/* --- what it changes --- */

/** The plan speaks of the uploads alone; the difference, once there is one, of all that students are answered from: an upload may replace a lesson. */
function planned(plan, diff) {
  if (!plan) return [];
  const renamed = plan.renamed.flatMap(({ before, after }) => [before, after]);
  const told = { ...plan };
  for (const kind of diff ? ["added", "changed", "removed"] : []) told[kind] = diff[kind].filter((id) => !renamed.includes(id));
  const kinds = ["added", "changed", "renamed", "removed"].filter((kind) => told[kind].length);
  const counts = kinds.map((kind) => [kind, told[kind].length]);
  if (plan.unchanged) counts.push(["unchanged", plan.unchanged]);
  const chips = counts.map(([kind, count]) => make("li", { className: `chip ${kind}` }, make("b", { textContent: number(count) }), " ", make("span", { says: kind })));
  return [make("ul", { className: "chips" }, ...chips), ...kinds.map((kind) => listed(kind, told[kind]))];
}

function listed(kind, ids) {
  const items = ids.map((one) => make("li", { textContent: kind === "renamed" ? `${one.before} → ${one.after}` : one }));
  const list = make("ul", { className: "ids" }, ...items.slice(0, NAMED));
  const rest = items.length > NAMED ? make("details", {}, make("summary", { says: ["more", number(items.length - NAMED)] }), make("ul", { className: "ids" }, ...items.slice(NAMED))) : null;
  return make("div", { className: "planned" }, make("h4", { says: kind }), list, rest);
}

function troubles(problems, unread = []) {
  if (!problems.length) return [];
  const place = (problem) => make("span", { className: "place" }, make("b", { textContent: problem.path }), " ", make("span", { says: ["problem_line", number(problem.line)] }));
  const items = problems.map((problem) => make("li", {}, place(problem), make("span", { textContent: problem.what })));
  return [
    make("h4", {}, make("span", { says: "problems" }), " ", make("span", { className: "count", textContent: number(problems.length) })),
    make("ul", { className: "problems" }, ...items),
    ...(unread.length ? [make("p", { className: "soft small", says: ["unread", unread.join(", ")] })] : []),
  ];
}
