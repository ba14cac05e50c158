import { Asking } from "./asking.js";
import { Composer } from "./composer.js";
import { transfer } from "./drawing.js";
import { Starters } from "./starters.js";
import { Trouble } from "./trouble.js";
import { Turn } from "./turn.js";

/** The conversation: what was asked and answered, and where the next question is written. */
export class Chat {
  #tutor;
  #log;
  #composer;
  #starters;
  #conversation = null;
  #pupil = new AbortController();

  /** `tutor`: voice, client, emit(name, detail), standing(): where the pupil is now. */
  constructor(tutor) {
    const { voice } = tutor;
    this.#tutor = tutor;
    this.#composer = new Composer(voice, (question) => this.#ask(question));
    this.#starters = new Starters(tutor, (question) => this.#follow(question));
    this.#log = voice.make("div", { className: "log", role: "log", "aria-live": "polite", tabIndex: 0, sayLabel: "log" });
    this.element = voice.make("div", { className: "pane chat" }, this.#log, this.#composer.element);
    this.reset();
  }

  /** Begins anew: nothing that was asked, answered or half written is left, nothing on its way comes. */
  reset() {
    this.#pupil.abort();
    this.#pupil = new AbortController();
    this.#conversation = null;
    this.#composer.busy = false;
    this.#composer.write("");
    this.#log.replaceChildren(intro(this.#tutor.voice, this.#starters));
  }

  focus() {
    this.#composer.focus();
  }

  /** Offers questions about this lesson to begin with. */
  async offer(lesson) {
    await this.#starters.load(lesson);
  }

  #ask(question) {
    this.#log.querySelector(".intro")?.remove();
    const turn = new Turn(question, { ...this.#tutor, follow: (suggestion) => this.#follow(suggestion) });
    this.#log.append(turn.element);
    this.#log.scrollTop = turn.element.offsetTop;
    if (matchMedia("(hover: hover)").matches) this.focus(); // on a phone that would raise the keyboard over the answer
    const body = { question, conversation_id: this.#conversation, ...this.#tutor.standing() };
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
    this.#run(new Asking(this.#tutor.client, given, this.#pupil.signal), turn, question);
  }

  #follow(suggestion) {
    if (this.#composer.busy) this.#composer.write(suggestion);
    else this.#ask(suggestion);
  }

  async #run(asking, turn, question) {
    const { signal } = this.#pupil;
    this.#composer.busy = true;
    turn.wait("waiting");
    try {
      for await (const event of asking.events((key) => turn.wait(key))) this.#show(event, turn, question);
    } catch (error) {
      if (signal.aborted) return;
      this.#failed(error, turn, () => this.#composer.busy || this.#run(asking, turn, question));
    }
    if (!signal.aborted) this.#composer.busy = false;
  }

  #show({ name, data }, turn, question) {
    if (name === "session") {
      this.#conversation = data.conversation_id;
      turn.restart();
    } else if (name === "sources") turn.cite(data.citations);
    else if (name === "delta") turn.grow(data.text);
    else if (name === "final") {
      turn.finish(data);
      this.#tutor.emit("message", { question, kind: data.kind, answer_id: data.answer_id });
    }
  }

  #failed(error, turn, retry) {
    const trouble = error instanceof Trouble ? error : new Trouble("broken", "broken", { again: false });
    if (trouble !== error) reportError(error);
    turn.fail(trouble, retry);
    this.#tutor.emit("error", { code: trouble.code });
  }
}

function intro(voice, starters) {
  const words = [voice.make("p", { className: "title", say: "title" }), voice.make("p", { className: "lead", say: "lead" })];
  return voice.make("div", { className: "intro" }, transfer(), ...words, starters.element);
}
