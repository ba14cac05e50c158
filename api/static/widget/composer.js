const LONGEST = 2000; // code points, as the server counts them
const COUNTED_FROM = 1800;

/** Where a question is written. Enter asks, Shift + Enter begins a line; Enter while Chinese is being composed does neither. */
export class Composer {
  #voice;
  #ask;
  #input;
  #send;
  #count;

  constructor(voice, ask) {
    this.#voice = voice;
    this.#ask = ask;
    this.#input = voice.make("textarea", {
      rows: 1,
      autocomplete: "off",
      id: "question",
      sayLabel: "write",
      sayPlaceholder: "write",
      "aria-describedby": "hint count",
    });
    this.#send = voice.make("button", { type: "submit", className: "send", say: "send" });
    this.#count = voice.make("span", { id: "count", role: "status" });
    const hint = voice.make("p", { className: "hint" }, voice.make("span", { id: "hint", say: "hint" }), " ", this.#count);
    this.element = voice.make("form", { className: "composer", noValidate: true, onsubmit: (event) => this.#submit(event) });
    this.element.append(voice.make("div", { className: "field" }, this.#input, this.#send), hint);
    this.#input.addEventListener("input", () => this.#tellCount());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
  }

  focus() {
    this.#input.focus();
  }

  /** Puts a question where it can still be changed. */
  write(text) {
    this.#input.value = text;
    this.#tellCount();
  }

  /** While an answer is on its way no other question goes out, though it can be written. */
  set busy(busy) {
    this.#send.disabled = busy;
    this.element.setAttribute("aria-busy", String(busy));
  }

  get busy() {
    return this.#send.disabled;
  }

  #submit(event) {
    event.preventDefault();
    const question = this.#input.value.trim();
    if (this.busy || question === "" || this.#tellCount() > LONGEST) return this.focus();
    this.write("");
    this.#ask(question);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return; // 229: Safari, while composing
    event.preventDefault();
    this.element.requestSubmit();
  }

  #tellCount() {
    const written = [...this.#input.value.trim()].length;
    if (written > COUNTED_FROM) this.#voice.rephrase(this.#count, "count", written.toLocaleString(this.#voice.language === "zh" ? "zh-CN" : "en"));
    else this.#count.replaceChildren();
    this.#input.setAttribute("aria-invalid", String(written > LONGEST));
    return written;
  }
}
