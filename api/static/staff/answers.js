import { make, number, tag } from "./dom.js";

const SHOWN = 5; // changes that are shown before the rest is folded

/** The golden questions that two releases answer otherwise, before and after side by side. */

export function answers(review) {
  if (!review || !review.questions) return [make("p", { className: "soft", says: "not_asked" })];
  const counts = [number(review.questions), number(review.right)];
  const lead = review.right_before === null ? ["answers_first", ...counts] : ["answers_lead", ...counts, number(review.right_before)];
  const changes = [...review.changes].sort((one, other) => gravity(other) - gravity(one)).map(change);
  const rest = changes.slice(SHOWN);
  return [
    make("h4", {}, make("span", { says: "answers" }), " ", make("span", { className: "count", textContent: number(changes.length) })),
    make("p", { className: "soft small", says: lead }),
    ...(changes.length ? changes.slice(0, SHOWN) : [make("p", { says: "answers_none" })]),
    ...(rest.length ? [make("details", { className: "rest" }, make("summary", { says: ["more", number(rest.length)] }), ...rest)] : []),
  ];
}

/** What was right and no longer is comes first, then other changes of right and wrong, then of answering and refusing. */
function gravity({ before, after, differs }) {
  if (before?.right && !after.right) return 3;
  if (before?.right !== after.right) return 2;
  return differs.includes("kind") ? 1 : 0;
}

function change({ question, before, after, differs }) {
  const badges = differs.map((aspect) => make("span", { className: "badge", says: `differs_${aspect}` }));
  return make(
    "article",
    { className: before?.right && !after.right ? "answer-change worse" : "answer-change" },
    make("h5", {}, make("span", { textContent: question.question, lang: tag(question.language) }), " ", ...badges),
    make("div", { className: "sides" }, side("before", before, question.language), side("after", after, question.language)),
  );
}

function side(key, answer, language) {
  if (!answer) return make("div", { className: "side" }, make("p", { className: "label", says: key }), make("p", { className: "soft", says: "no_answer_before" }));
  const verdict = answer.right ? "right" : "wrong";
  const quotes = answer.citations.map((one) => make("li", {}, make("cite", { textContent: one.title }), make("q", { textContent: one.quote })));
  return make(
    "div",
    { className: `side ${key}` },
    make("p", { className: "label" }, make("span", { says: key }), " ", make("span", { className: "kind", says: answer.kind }), " ", make("span", { className: `verdict ${verdict}`, says: verdict })),
    make("p", { className: "answer", textContent: answer.answer, lang: tag(language) }),
    quotes.length ? make("ol", { className: "quotes" }, ...quotes) : null,
  );
}
