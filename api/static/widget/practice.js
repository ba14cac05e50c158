import { Card } from "./card.js";

/** The open lesson's check questions, one at a time, with what became of each. */
export class Practice {
  #tutor;
  #lesson = null;
  #language = null;
  #wanted = null;
  #checks = [];
  #left = [];
  #marks = new Map();
  #pupil = new AbortController();

  /** `tutor`: voice, client, emit(name, detail). */
  constructor(tutor) {
    this.#tutor = tutor;
    this.element = tutor.voice.make("div", { className: "pane practice", tabIndex: -1 });
  }

  /** Fetches a lesson's questions if they are not there yet; whether it has any. One that cannot be asked for them now has none now. */
  async load(lesson) {
    const { language } = this.#tutor.voice;
    const wanted = (this.#wanted = `${language} ${lesson}`);
    if (lesson === this.#lesson && language === this.#language) return this.#checks.length > 0;
    const { signal } = this.#pupil;
    const checks = lesson === null ? [] : await this.#fetched(lesson, language).catch(() => null);
    if (signal.aborted || this.#wanted !== wanted) return this.#checks.length > 0; // another lesson, or pupil, has come meanwhile
    const same = lesson === this.#lesson;
    if (checks) [this.#lesson, this.#language, this.#checks] = [lesson, language, checks];
    if (checks && !(same && this.#still())) this.#begin(checks);
    else if (checks) this.#show();
    else if (!same) this.reset();
    return this.#checks.length > 0;
  }

  /** Nothing of what was replied is left. */
  reset() {
    this.#pupil.abort();
    this.#pupil = new AbortController();
    [this.#lesson, this.#language, this.#checks] = [null, null, []];
    this.#begin([]);
  }

  /** In the language asked for, else in the lesson's other one. */
  async #fetched(lesson, language) {
    const of = (one) =>
      this.#tutor.client.json("GET", `v1/lessons/${encodeURIComponent(lesson)}/checks?language=${one}`, { signal: this.#pupil.signal });
    const { checks } = await of(language);
    return checks.length ? checks : (await of(language === "zh" ? "en" : "zh")).checks;
  }

  /** Whether the questions left, now in another language, are still those of the lesson. */
  #still() {
    const ids = new Set(this.#checks.map((check) => check.check_id));
    return ids.size > 0 && this.#left.every((id) => ids.has(id));
  }

  #begin(checks) {
    this.#marks.clear();
    this.#left = checks.map((check) => check.check_id);
    this.#show();
  }

  #show() {
    const { voice } = this.#tutor;
    const check = this.#checks.find((one) => one.check_id === this.#left[0]);
    if (!check) return this.element.replaceChildren(...(this.#checks.length ? this.#summary() : []));
    const number = this.#checks.indexOf(check) + 1;
    const progress = voice.make("p", { className: "progress", say: "of", value_: `${number}\n${this.#checks.length}` });
    const bar = voice.make("progress", { max: this.#checks.length, value: number, "aria-hidden": "true" });
    const last = this.#left.length === 1;
    const card = new Card(check, this.#tutor, { last, signal: this.#pupil.signal, done: (mark) => this.#done(check, mark) });
    this.element.replaceChildren(progress, bar, card.element);
  }

  #done({ check_id }, mark) {
    this.#marks.set(check_id, mark);
    this.#left.shift();
    this.#show();
    this.element.focus();
  }

  #summary() {
    const { voice } = this.#tutor;
    const marks = [...this.#marks.values()];
    const skipped = [...this.#marks].filter(([, mark]) => mark === "skipped").map(([id]) => id);
    const score = `${marks.filter((mark) => mark === "right").length}\n${this.#checks.length}`;
    const again = (ids) => () => ((this.#left = ids), this.#show(), this.element.focus());
    const all = this.#checks.map((check) => check.check_id);
    return [
      voice.make("p", { className: "title", say: "done" }),
      voice.make("p", { className: "lead", say: "score", value_: score }),
      ...(skipped.length ? [voice.make("p", { className: "lead", say: "skipped", value_: skipped.length })] : []),
      voice.make(
        "div",
        { className: "row" },
        ...(skipped.length ? [voice.button("go_skipped", again(skipped), { className: "plain" })] : []),
        voice.button("once_more", again(all), { className: "plain" }),
      ),
    ];
  }
}
