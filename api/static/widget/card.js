import { sign } from "./drawing.js";
import { replyField } from "./reply.js";
import { single } from "./sources.js";
import { Trouble } from "./trouble.js";
import { tag } from "./voice.js";

/** One check question: two tries with a hint, then the answer with its explanation and its source; or skipped. */
export class Card {
  #check;
  #tutor;
  #way;
  #field;
  #told;
  #hint;
  #buttons;
  #tried = false;

  /** `way`: last, signal, done(mark) once the pupil goes on, where mark is the verdict or "skipped". */
  constructor(check, tutor, way) {
    const { voice } = tutor;
    Object.assign(this, { element: voice.make("form", { className: "card", noValidate: true, onsubmit: (event) => this.#submit(event) }) });
    this.#check = check;
    this.#tutor = tutor;
    this.#way = way;
    this.#field = replyField(check, voice);
    this.#hint = voice.make("p", { className: "given", role: "status", lang: tag(check.language) });
    this.#told = voice.make("div", { className: "told", role: "status" });
    const submit = voice.make("button", { type: "submit", className: "send", say: "check" });
    const hint = voice.button("hint_show", () => this.#showHint(hint), { className: "plain" });
    const skip = voice.button("skip", () => way.done("skipped"), { className: "plain" });
    this.#buttons = voice.make("div", { className: "row" }, submit, hint, skip);
    this.element.append(this.#field.element, this.#hint, this.#buttons, this.#told);
  }

  async #submit(event) {
    event.preventDefault();
    const reply = this.#field.reply();
    if (!reply) return this.#say(this.#tutor.voice.make("p", { say: this.#check.kind === "choice" ? "choose" : "fill" }));
    const body = { language: this.#check.language, reply, last_try: this.#tried };
    const mark = await this.#asked("POST", `v1/checks/${encodeURIComponent(this.#check.check_id)}/mark`, body);
    if (mark) this.#marked(mark);
  }

  #marked({ verdict, said, answer, explanation, citation }) {
    const { voice, emit } = this.#tutor;
    const lang = tag(this.#check.language);
    const over = answer !== null;
    const heading = voice.make(
      "p",
      { className: `verdict ${verdict}` },
      sign(verdict),
      voice.make("strong", { say: verdict === "wrong" && over ? "wrong_last" : verdict }),
    );
    const parts = [heading, said && voice.make("p", { lang, textContent: said })];
    if (!over) parts.push(voice.make("p", { say: "second" }));
    else
      parts.push(
        voice.label("answer", "h4"),
        voice.make("p", { className: "right-answer", lang, textContent: answer }),
        voice.make("p", { lang, textContent: explanation ?? "" }),
      );
    this.#say(...parts.filter(Boolean));
    this.#tried = true;
    if (!over) return;
    this.#field.element.disabled = true;
    const next = voice.button(this.#way.last ? "finish" : "next", () => this.#way.done(verdict), { className: "send" });
    this.#buttons.replaceChildren(next);
    this.#told.after(...(citation ? [single(voice, citation, { language: this.#check.language, emit })] : []), this.#buttons);
    next.focus();
  }

  async #showHint(button) {
    const told = await this.#asked("GET", `v1/checks/${encodeURIComponent(this.#check.check_id)}/hint?language=${this.#check.language}`);
    if (!told) return;
    this.#hint.textContent = told.hint;
    button.disabled = true;
    this.#field.focus();
  }

  /** The server's answer, or null when there was trouble, which is told. */
  async #asked(method, path, body) {
    const { client, emit, voice } = this.#tutor;
    const { signal } = this.#way;
    this.element.setAttribute("aria-busy", "true");
    try {
      return await client.json(method, path, { body, signal });
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof Trouble)) throw error;
      this.#say(voice.make("p", error.told ? { textContent: error.told } : { say: error.say }));
      emit("error", { code: error.code });
      return null;
    } finally {
      this.element.setAttribute("aria-busy", "false");
    }
  }

  #say(...parts) {
    this.#told.replaceChildren(...parts);
    this.#told.scrollIntoView({ block: "nearest" });
  }
}
