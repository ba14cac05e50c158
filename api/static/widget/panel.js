import { mark, sign } from "./drawing.js";
import { Menu } from "./menu.js";
import { Tabs } from "./tabs.js";
import { tag } from "./voice.js";

const PHONE = "(max-width: 480px), (max-height: 420px)";

/** A player has keys of its own, space and arrows, which what is written here must not press. */
const kept = (event) => event.ctrlKey || event.metaKey || event.altKey || event.stopPropagation();

/**
 * The button and what it opens: a dialog beside the page, or over all of it on a phone; `inline` it is a part of the page and always open.
 * Escape closes it, and the focus goes back to where it was.
 */
export class Panel {
  #voice;
  #inline;
  #phone = matchMedia(PHONE);
  #launcher;
  #dialog;
  #tabs;
  #menu;
  #close;
  #before = null;
  #chat;
  #told;

  /** `told(opened)` hears of opening and closing; `acts` are what the menu does: over, forget, language. */
  constructor({ voice, chat, practice }, { inline, told, acts }) {
    this.element = voice.make("div", { className: inline ? "root inline" : "root" });
    this.#voice = voice;
    this.#chat = chat;
    this.#inline = inline;
    this.#told = told;
    this.#menu = new Menu(voice, acts);
    this.#tabs = new Tabs(voice, { ask: chat.element, practice: practice.element });
    this.#launcher = voice.make(
      "button",
      { type: "button", className: "launcher", "aria-haspopup": "dialog", onclick: () => this.open() },
      mark(),
      voice.make("span", { say: "launch" }),
    );
    this.#dialog = voice.make(inline ? "section" : "dialog", { className: "panel", "aria-labelledby": "name" }, this.#head(), ...this.#body());
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.close()));
    this.#dialog.addEventListener("pointerdown", ({ target }) => this.#menu.holds(target) || this.#menu.close());
    for (const type of ["keydown", "keypress", "keyup"]) this.element.addEventListener(type, kept);
    this.#phone.addEventListener("change", this.#turned);
    this.element.append(...(inline ? [this.#dialog] : [this.#launcher, this.#dialog]));
    this.speak();
  }

  get opened() {
    return this.#inline || this.#dialog.open;
  }

  /** Whether the open lesson has anything to practise. */
  set practises(has) {
    this.#tabs.practises = has;
  }

  open() {
    if (this.opened) return;
    this.#before = this.#launcher.getRootNode().host.ownerDocument.activeElement;
    this.#show();
    this.#told(true);
  }

  close() {
    if (!this.opened) return;
    if (!this.#inline) {
      const within = this.#dialog.matches(":focus-within");
      this.#dialog.close();
      this.#launcher.hidden = false;
      if (within) this.#back().focus();
    }
    this.#told(false);
  }

  /** Says where every text of ours is written in which language. */
  speak() {
    this.#dialog.lang = this.#launcher.lang = tag(this.#voice.language);
    this.#menu.speak();
  }

  end() {
    this.#phone.removeEventListener("change", this.#turned);
  }

  #head() {
    const voice = this.#voice;
    const name = voice.make("h2", { id: "name", className: "name", say: "name" });
    this.#close = voice.make("button", { type: "button", className: "icon", sayLabel: "close", onclick: () => this.close() }, sign("close"));
    return voice.make("header", {}, mark(), name, this.#menu.language, this.#menu.button, ...(this.#inline ? [] : [this.#close]), this.#menu.element);
  }

  #body() {
    return [this.#tabs.element, ...this.#tabs.panes, this.#voice.make("p", { className: "machine", say: "machine" })];
  }

  #show() {
    if (this.#phone.matches) this.#dialog.showModal();
    else this.#dialog.show();
    this.#launcher.hidden = true;
    if (matchMedia("(hover: hover)").matches && this.#tabs.open === "ask") this.#chat.focus();
    else this.#close.focus(); // the question's field would raise the keyboard
  }

  /** To whatever had the focus before, unless that is gone. */
  #back() {
    const before = this.#before;
    return before?.isConnected && before !== document.body && before !== this.element.getRootNode().host ? before : this.#launcher;
  }

  #key(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (!this.#menu.close() && !this.#inline) this.close();
  }

  /** A phone turned, a window made smaller: the same panel in the other way. */
  #turned = () => {
    if (this.#inline || !this.#dialog.open) return;
    const focused = this.element.getRootNode().activeElement;
    this.#dialog.close();
    this.#show();
    focused?.focus();
  };
}
