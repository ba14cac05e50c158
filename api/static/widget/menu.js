import { sign } from "./drawing.js";
import { tag } from "./voice.js";

/** The other language, and the small menu: start over, and forget me where nobody vouches for the pupil. */
export class Menu {
  #voice;
  #acts;

  /** `acts`: over(), async forget(), language(), mayForget(). */
  constructor(voice, acts) {
    this.#voice = voice;
    this.#acts = acts;
    this.language = voice.button("language", () => acts.language(), { className: "other" });
    this.button = voice.make("button", { type: "button", className: "icon", sayLabel: "menu", onclick: () => this.#toggle() }, sign("menu"));
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", "menu");
    this.element = voice.make("div", { id: "menu", className: "menu", hidden: true });
    this.element.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !this.holds(relatedTarget) && this.close());
    this.speak();
  }

  /** The language button says its own word in the language that it leads to. */
  speak() {
    this.language.lang = tag(this.#voice.language === "zh" ? "en" : "zh");
  }

  /** Whether there was anything to close. */
  close() {
    if (this.element.hidden) return false;
    const within = this.element.matches(":focus-within");
    this.element.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (within) this.button.focus();
    return true;
  }

  holds = (element) => this.element.contains(element) || this.button.contains(element);

  #toggle() {
    if (this.close()) return;
    const over = this.#voice.button("over", () => (this.close(), this.#acts.over()));
    this.element.replaceChildren(over, this.#acts.mayForget() ? this.#voice.button("forget", () => this.#sure()) : "");
    this.element.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    over.focus();
  }

  #sure() {
    const yes = this.#voice.button("forget_yes", () => this.#forgotten(), { className: "plain" });
    const no = this.#voice.button("forget_no", () => this.close(), { className: "plain" });
    this.element.replaceChildren(
      this.#voice.make("p", { id: "sure", say: "forget_sure" }),
      this.#voice.make("div", { className: "row", role: "group", "aria-labelledby": "sure" }, yes, no),
    );
    no.focus();
  }

  async #forgotten() {
    const done = await this.#acts.forget();
    const told = this.#voice.make("p", { role: "status", tabIndex: -1, say: done ? "forgotten" : "broken" });
    this.element.replaceChildren(told);
    told.focus();
  }
}
