import { tag } from "./voice.js";

/** Questions to begin with: some that the open lesson answers, each asked when pressed. Empty where there is no lesson, or nothing is known of it. */
export class Starters {
  #tutor;
  #ask;
  #shown = null;

  constructor(tutor, ask) {
    this.#tutor = tutor;
    this.#ask = ask;
    this.element = tutor.voice.make("div", { className: "starters", "aria-live": "off" });
  }

  async load(lesson) {
    const { voice, client } = this.#tutor;
    const { language } = voice;
    const wanted = lesson && `v1/lessons/${encodeURIComponent(lesson)}?language=${language}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const told = wanted ? await client.json("GET", wanted).catch(() => null) : null;
    if (wanted !== this.#shown) return;
    if (!told) this.#shown = null; // the next look asks again
    this.#show(told?.questions ?? [], language);
  }

  #show(questions, language) {
    const { voice } = this.#tutor;
    const button = (text) => voice.make("button", { type: "button", textContent: text, onclick: () => this.#ask(text) });
    const items = questions.map((text) => voice.make("li", {}, button(text)));
    const list = voice.make("ul", { className: "suggestions", lang: tag(language) }, ...items);
    this.element.replaceChildren(...(items.length ? [voice.label("starters", "h3"), list] : []));
  }
}
