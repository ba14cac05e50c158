import { find, make, number, time } from "./dom.js";
import { ask } from "./server.js";

/** What students asked in vain, and what they thought of answers. */

export async function showHeard() {
  const [gaps, feedback] = await Promise.all([ask("GET", "v1/gaps"), ask("GET", "v1/feedback")]);
  fill("gaps", gaps.gaps.map(gap), gaps.kept ? "no_gaps" : "not_kept");
  fill("tallies", feedback.tallies.map(tally), feedback.kept ? "no_feedback" : "not_kept");
  fill("comments", feedback.comments.map(comment));
}

function fill(id, rows, nothing) {
  find(id).replaceChildren(...(rows.length || !nothing ? rows : [make("li", { className: "soft", says: nothing })]));
}

function gap({ topic, count, callers, newest, languages, wording }) {
  const near = topic ? { says: ["gap_near", topic] } : { says: "gap_nowhere" };
  const head = wording ? make("p", { className: "wording", textContent: wording, lang: languages[0] }) : make("p", { className: "wording", ...near });
  return make(
    "li",
    {},
    head,
    make("p", { className: "soft small" }, ...(wording ? [make("span", near), " · "] : []), make("span", { says: ["gap_asked", number(count), number(callers)] }), " · ", time(newest)),
    make("p", { className: "about" }, ...languages.map((language) => make("span", { className: "badge", says: `in_${language}` }))),
  );
}

function tally({ topic, helpful, unhelpful }) {
  const name = topic ? { textContent: topic } : { says: "other_answers" };
  return make(
    "li",
    {},
    make("span", { className: "document-title", ...name }),
    make("span", { className: "about" }, make("span", { says: ["helped", number(helpful)] }), make("span", { className: unhelpful ? "bad" : "", says: ["helped_not", number(unhelpful)] })),
  );
}

function comment({ at, helpful, comment: words, topic }) {
  return make(
    "li",
    {},
    make("p", { className: words ? "" : "soft", ...(words ? { textContent: words } : { says: "no_comment" }) }),
    make("p", { className: "soft small" }, make("span", { className: `verdict ${helpful ? "right" : "wrong"}`, says: helpful ? "was_helpful" : "was_not" }), " · ", topic ? `${topic} · ` : "", time(at)),
  );
}
