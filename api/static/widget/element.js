import { Chat } from "./chat.js";
import { Client } from "./client.js";
import { Panel } from "./panel.js";
import { join } from "./parent.js";
import { Practice } from "./practice.js";
import { styles } from "./styles.js";
import { read, retell, watch } from "./tag.js";
import { subjectOf, Tokens } from "./tokens.js";
import { languageOf, Voice } from "./voice.js";

/** <navigator-tutor>: one tutor on a page. What it may be told, and what it tells, is in docs/player.md. */
class NavigatorTutor extends HTMLElement {
  #voice;
  #tokens;
  #client;
  #chat;
  #practice;
  #panel;
  #context;
  #unfollow = null;
  #ends = [];

  /** Once, by mount(). */
  start({ script, ...given }) {
    const options = { ...given, ...(script ? read(script) : {}) };
    this.#context = { lesson: name(options.lesson), course: name(options.course), position_s: seconds(options.positionS) };
    this.#context.grade_band = name(options.gradeBand);
    this.#voice = new Voice(languageOf(options.locale || document.documentElement.lang || navigator.language));
    const tell = (code) => this.#emit("error", { code });
    this.#tokens = new Tokens(options.token, { fetch: options.getToken, handOver: (token) => this.setToken(token), tell });
    this.#client = new Client(new URL(options.api, location.href).href, this.#tokens);
    this.#build(options);
    if (script) this.follow(script);
    if (options.parentOrigin) this.#ends.push(join(this, options.parentOrigin));
    this.#emit("ready");
    if (options.open) this.open();
    else if (options.inline) this.#look();
  }

  open() {
    this.#panel.open();
  }

  close() {
    this.#panel.close();
  }

  /** Where the pupil is now: lesson, course, position_s. What is not named, or no such thing, stays, but no second is carried into another lesson. */
  setContext(context) {
    const { lesson, course, position_s } = context;
    const moved = fits(lesson, "string") && name(lesson) !== this.#context.lesson;
    if (moved) Object.assign(this.#context, { lesson: name(lesson), position_s: null });
    if (fits(course, "string")) this.#context.course = name(course);
    if (fits(position_s, "number")) this.#context.position_s = seconds(position_s);
    if (moved) this.#look();
  }

  /** Another token: of the same pupil, and everything goes on, or of another, and nothing of the one before is left. */
  setToken(token) {
    const before = subjectOf(this.#tokens.current);
    if (before !== null && subjectOf(token) !== before) this.#anew();
    this.#tokens.take(token);
    this.#look();
  }

  /** Says what that script tag says, also when it changes. */
  follow(script) {
    this.#unfollow?.();
    if (this.#unfollow) retell(script, this);
    this.#unfollow = watch(script, this);
  }

  destroy() {
    this.destroyed = true;
    this.remove();
  }

  /** A page that moves the element within itself has it connected again at once. */
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  #build(options) {
    const tutor = { voice: this.#voice, client: this.#client, emit: (...event) => this.#emit(...event), standing: () => ({ ...this.#context }) };
    this.#chat = new Chat(tutor);
    this.#practice = new Practice(tutor);
    const acts = { over: () => this.#anew(), forget: () => this.#forget(), language: () => this.#speak(), mayForget: () => !this.#tokens.used };
    const told = (opened) => (this.#emit(opened ? "open" : "close"), opened && this.#look());
    this.#panel = new Panel({ voice: this.#voice, chat: this.#chat, practice: this.#practice }, { inline: options.inline, told, acts });
    if (options.theme) this.dataset.theme = options.theme;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = styles();
    root.replaceChildren(this.#panel.element);
  }

  /** False if somebody prevented what would come of it. */
  #emit(event, detail = {}) {
    return this.dispatchEvent(new CustomEvent(`navigator:${event}`, { bubbles: true, composed: true, cancelable: event === "source_click", detail }));
  }

  /** Looks what the open lesson has to ask about and to practise, once somebody may want to know. */
  async #look() {
    if (!this.#panel.opened) return;
    this.#chat.offer(this.#context.lesson);
    this.#panel.practises = await this.#practice.load(this.#context.lesson);
  }

  #speak() {
    this.#voice.speak(this.#voice.language === "zh" ? "en" : "zh", this.shadowRoot);
    this.#panel.speak();
    this.#look();
  }

  #anew() {
    this.#chat.reset();
    this.#practice.reset();
  }

  async #forget() {
    try {
      await this.#client.json("DELETE", "v1/me");
    } catch {
      return false;
    }
    this.#anew();
    return true;
  }

  #end() {
    this.destroyed = true;
    if (!this.#panel) return;
    this.#anew();
    this.#panel.end();
    this.#unfollow?.();
    for (const end of this.#ends.splice(0)) end();
  }
}

const fits = (value, type) => value === null || typeof value === type;
const name = (value) => (typeof value === "string" && value !== "" ? value : null);
const seconds = (value) => (Number.isFinite(value) && value >= 0 ? value : null);

if (!customElements.get("navigator-tutor")) customElements.define("navigator-tutor", NavigatorTutor);
