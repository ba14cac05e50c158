import { countDown } from "./count_down.js";
import { Sources } from "./sources.js";
import { after } from "./after.js";
import { tag, written } from "./voice.js";

// A sentence's end with its numbers, once something else follows: 3.5 holds a point too, and a number may be on its way.
const ENDS = /(?:[。！？][”’」』）]*(?:\s*\[\d+\])*(?=\s*[^\s[”’」』）])|[.!?]["”’)]*(?:\s*\[\d+\])*(?=\s+[^\s[]))/g;

/** One question and its answer, from the first word to what can be done with it afterwards. */
export class Turn {
  #voice;
  #parts;
  #question;
  #reply;
  #text = "";
  #told = 0;
  #answer = null;
  #tail;
  #sources;

  /** `parts`: voice, client, emit, follow(suggestion). */
  constructor(question, parts) {
    const { voice, emit } = parts;
    this.#question = question;
    this.#voice = voice;
    this.#parts = parts;
    this.#reply = voice.make("div", { className: "reply", tabIndex: -1 });
    this.#sources = new Sources(voice, emit);
    const asked = voice.make(
      "h3",
      { className: "question" },
      voice.make("span", { className: "unseen", say: "asked" }),
      " ",
      spoken(voice, question),
    );
    this.element = voice.make("article", { className: "turn" }, asked, this.#reply);
  }

  /** Says why nothing is there yet; what has come already stays. */
  wait(key) {
    const standing = this.#reply.querySelector(".waiting");
    if (this.#answer && key === "waiting") return standing?.remove();
    if (standing) return this.#voice.rephrase(standing.lastChild, key);
    const orbit = this.#voice.make("span", { className: "orbit", "aria-hidden": "true" });
    const waiting = this.#voice.make("p", { className: "waiting" }, orbit, this.#voice.make("span", { say: key }));
    this.#reply.replaceChildren(...(this.#answer ? [this.#answer, this.#quiet(this.#sources.element)] : []), waiting);
  }

  /** The answer begins anew. */
  restart() {
    this.#text = "";
    this.#answer = null;
  }

  /** The sources of what is to come. */
  cite(citations) {
    this.#sources.show(citations, this.#language());
  }

  /** More of the text. Only a grounded answer, whose sources are there first, is shown as it grows: the others come whole. */
  grow(text) {
    this.#text += text;
    if (!this.#sources.has(1)) return;
    if (!this.#answer) this.#begin();
    const ends = [...this.#text.matchAll(ENDS)];
    this.#tell(ends.length ? ends.at(-1).index + ends.at(-1)[0].length : 0);
  }

  /** The whole answer. */
  finish(answer) {
    this.#sources.show(answer.citations, answer.language);
    if (answer.kind !== "grounded") return this.#reply.replaceChildren(...this.#ungrounded(answer));
    if (!this.#answer || this.#text !== answer.answer) this.#begin(answer);
    this.#answer.lang = tag(answer.language);
    this.#tell(this.#text.length);
    const count = answer.citations.length;
    const unseen = this.#voice.make("p", { className: "unseen", say: count === 1 ? "sources_1" : "sources_n", value_: count });
    this.#reply.replaceChildren(this.#answer, unseen, this.#quiet(this.#sources.element, ...after(answer, this.#parts)));
  }

  /** What went wrong, in words, and a way to try again once that may help. */
  fail(trouble, retry) {
    const words = trouble.told ? spoken(this.#voice, trouble.told, "p") : this.#voice.make("p", { say: trouble.say });
    const button = this.#voice.button("retry", () => this.#again(retry), { className: "plain" });
    countDown(button, trouble.wait, this.#voice);
    this.#reply.replaceChildren(
      ...(this.#answer ? [this.#answer] : []),
      this.#voice.make("div", { className: "trouble" }, words, this.#quiet(button)),
    );
  }

  #again(retry) {
    this.#reply.focus(); // the button that was pressed goes away
    retry();
  }

  #begin(answer) {
    if (answer) this.#text = answer.answer;
    this.#told = 0;
    this.#tail = this.#voice.make("span", { "aria-hidden": "true" });
    this.#answer = this.#voice.make("p", { className: "answer", lang: tag(this.#language()) }, this.#tail);
    this.#reply.replaceChildren(this.#answer, this.#quiet(this.#sources.element));
  }

  /** Tells the text up to `end` for good, sentence by sentence as a voice reads it; the rest is only seen. */
  #tell(end) {
    if (end > this.#told) this.#tail.before(this.#voice.make("span", {}, ...this.#numbered(this.#text.slice(this.#told, end))));
    this.#told = Math.max(end, this.#told);
    this.#tail.textContent = this.#text.slice(this.#told).replace(/\s*\[\d*\]?/g, "");
  }

  /** The text, each `[n]` that has a source a button that unfolds it. */
  #numbered(text) {
    return text.split(/\s*\[(\d+)\]/).map((part, at) => {
      if (at % 2 === 0) return part;
      const n = Number(part);
      if (!this.#sources.has(n)) return ` [${part}]`;
      return this.#voice.make("button", {
        type: "button",
        className: "cite",
        textContent: part,
        sayLabel: "source",
        value_: n,
        onclick: () => this.#sources.unfold(n),
      });
    });
  }

  #ungrounded(answer) {
    const { kind, suggestions, language } = answer;
    const listed = suggestions.map((suggestion) => suggestion.text);
    const words = this.#voice.make("p", {
      lang: tag(language),
      textContent: kind === "refused" ? withoutLists(answer.answer, listed) : answer.answer,
    });
    if (kind === "chat") words.className = "answer";
    const box = kind === "chat" ? words : this.#voice.make("div", { className: "refusal" }, this.#voice.label(kind, "h4"), words);
    return [box, this.#quiet(...after(answer, this.#parts))];
  }

  /** What is no part of the answer itself is not read out when it comes. */
  #quiet(...children) {
    return this.#voice.make("div", { className: "quiet", "aria-live": "off" }, ...children);
  }

  #language = () => written(this.#text || this.#question);
}

const spoken = (voice, text, name = "span") => voice.make(name, { textContent: text, lang: tag(written(text)) });

/** The sentences before those that name what is listed below. */
function withoutLists(text, listed) {
  const first = listed.length ? text.indexOf(listed[0]) : -1;
  const end = Math.max(text.lastIndexOf(". ", first), text.lastIndexOf("。", first));
  return first > 0 && end > 0 ? text.slice(0, end + 1) : text;
}
