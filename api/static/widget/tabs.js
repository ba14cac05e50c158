/** The two tabs and their panes. Without anything to practise there are no tabs, only the conversation. */
export class Tabs {
  open = "ask";
  #tabs = {};
  #panes;

  constructor(voice, panes) {
    this.#panes = panes;
    for (const name of Object.keys(panes)) {
      const tab = voice.make("button", {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        say: `tab_${name}`,
        onclick: () => this.#show(name),
        "aria-controls": `pane-${name}`,
      });
      this.#tabs[name] = tab;
      panes[name].id = `pane-${name}`;
    }
    this.element = voice.make("div", { className: "tabs", role: "tablist", sayLabel: "tabs", hidden: true }, ...Object.values(this.#tabs));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#show("ask");
  }

  get panes() {
    return Object.values(this.#panes);
  }

  set practises(has) {
    this.element.hidden = !has;
    for (const [name, pane] of Object.entries(this.#panes)) {
      if (has) (pane.setAttribute("role", "tabpanel"), pane.setAttribute("aria-labelledby", `tab-${name}`));
      else (pane.removeAttribute("role"), pane.removeAttribute("aria-labelledby"));
    }
    if (!has) this.#show("ask");
  }

  #show(name) {
    this.open = name;
    for (const [key, tab] of Object.entries(this.#tabs)) {
      tab.setAttribute("aria-selected", String(key === name));
      tab.tabIndex = key === name ? 0 : -1;
      this.#panes[key].hidden = key !== name;
    }
  }

  #key(event) {
    if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const other = event.key === "Home" ? "ask" : event.key === "End" ? "practice" : this.open === "ask" ? "practice" : "ask";
    this.#show(other);
    this.#tabs[other].focus();
  }
}
