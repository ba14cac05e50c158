import { anchor } from "./places.js";
import { copy } from "./copy.js";
import { tag } from "./voice.js";

const ASKS = /[?？]\s*$/;

/** What stands below an answer: that a machine made it, whether it helped, a copy of it, what to ask next. */
export function after(answer, { voice, client, emit, follow }) {
  const { kind, suggestions } = answer;
  const [questions, lessons] = [suggestions.filter(({ text }) => ASKS.test(text)), suggestions.filter(({ text }) => !ASKS.test(text))];
  const list = (key, those) => (those.length ? further(key, those, answer.language, { voice, emit, follow }) : []);
  const parts = kind === "refused" ? [...list("meant", questions), ...list("nearest", lessons)] : [];
  if (answer.notice) parts.push(voice.make("p", { className: "notice", lang: tag(answer.language), textContent: answer.notice }));
  if (answer.kind === "grounded" || answer.kind === "refused") parts.push(judged(answer, voice, client));
  if (kind !== "refused") parts.push(...list(questions.length ? "further" : "read", suggestions));
  return parts;
}

/** Suggestions: questions are asked, a lesson's title leads to the lesson. */
function further(key, suggestions, language, { voice, emit, follow }) {
  const items = suggestions.map(({ text, doc_id }) => {
    const asks = ASKS.test(text);
    const [, heading] = text.split(" · "); // a lesson's title, and perhaps one of its headings
    const there = { doc: doc_id, anchor: heading ? anchor(heading) : null, position_s: null };
    const onclick = asks ? () => follow(text) : () => emit("source_click", there);
    return voice.make("li", {}, asks || doc_id ? voice.make("button", { type: "button", textContent: text, onclick }) : text);
  });
  return [voice.label(key, "h4"), voice.make("ul", { className: "suggestions", lang: tag(language) }, ...items)];
}

function judged(answer, voice, client) {
  const told = voice.make("span", { role: "status" });
  const choices = [voice.button("yes", () => judge(true)), voice.button("no", () => judge(false))];
  const comment = voice.make("div", { className: "comment" });
  const copier = voice.button("copy", () => copy(answer, voice, copier), { className: "copy" });
  const asked = voice.make("div", { className: "judge", role: "group", sayLabel: "helpful" }, voice.make("span", { say: "helpful" }), ...choices);
  return voice.make("div", { className: "judged" }, voice.make("div", { className: "row" }, asked, copier), comment, told);

  async function judge(helpful, words) {
    choices.forEach((choice, at) => choice.setAttribute("aria-pressed", String((at === 0) === helpful)));
    try {
      await client.json("POST", "v1/feedback", { body: { answer_id: answer.answer_id, helpful, ...(words ? { comment: words } : {}) } });
      voice.rephrase(told, "thanks");
      comment.replaceChildren(...(words ? [] : [asking(voice, (more) => judge(helpful, more))]));
    } catch {
      voice.rephrase(told, "unheard");
    }
  }
}

/** A line for a comment, which may stay empty. */
function asking(voice, send) {
  const words = voice.make("textarea", { rows: 2, maxLength: 2000, sayLabel: "comment", sayPlaceholder: "comment" });
  const onsubmit = (event) => {
    event.preventDefault();
    if (words.value.trim()) send(words.value.trim());
  };
  return voice.make("form", { onsubmit }, words, voice.make("button", { type: "submit", className: "plain", say: "comment_send" }));
}
