/* Puts the tutor into a page: by this script's own data- attributes, or by Navigator.mount({...}). See docs/player.md. */
(() => {
  "use strict";

  const script = document.currentScript;
  const OURS = ["api", "token", "lesson", "course", "positionS", "gradeBand", "locale", "theme", "open", "parentOrigin"];
  const CALLS = ["open", "close", "setContext", "setToken", "follow"];
  const base = new URL(".", script?.src || location.href);

  /** The page's own `Navigator`, the interface of window.navigator, stays as it is and only gains `mount`. */
  const home = window.Navigator;
  home.mount ??= mount;
  if (script && OURS.some((name) => name in script.dataset)) byTag();

  /** A tutor on the page. What is asked of its handle before its files have arrived is done then. */
  function mount(options = {}) {
    const element = document.createElement("navigator-tutor");
    const handle = { element, destroy: () => destroy(element) };
    const started = start(element, options);
    for (const name of CALLS) handle[name] = (...given) => void started.then(() => element.isConnected && element[name](...given));
    return handle;
  }

  async function start(element, options) {
    if (!document.body) await new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));
    if (element.destroyed) return;
    (options.container ?? document.body).append(element);
    try {
      await import(new URL("widget/element.js", base));
    } catch {
      element.dispatchEvent(new CustomEvent("navigator:error", { bubbles: true, composed: true, detail: { code: "not_loaded" } }));
    }
    if (element.isConnected) element.start?.({ api: base.href, ...options });
  }

  function destroy(element) {
    element.destroyed = true;
    element.remove(); // its disconnectedCallback ends the rest
  }

  /** The script tag's own tutor. The tag a second time is the same tutor, which follows the new tag from then on. */
  function byTag() {
    const standing = home.mount.byTag;
    if (standing && !standing.element.destroyed) standing.follow(script);
    else home.mount.byTag = home.mount({ script });
  }
})();
