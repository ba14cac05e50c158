import { banner, find, say, speak } from "./dom.js";
import { showHeard } from "./heard.js";
import { showMaterials } from "./materials.js";
import { showReleases } from "./releases.js";
import { Trouble, ask, forget, keep, token, whenSignedOut } from "./server.js";

/** Signing in and out, and the three views. */

const VIEWS = { materials: showMaterials, releases: showReleases, heard: showHeard };
const signIn = find("sign-in");

function enter() {
  signIn.hidden = true;
  find("views").hidden = find("leave").hidden = false;
  look(location.hash.slice(1));
}

function leave(words = "") {
  forget();
  banner();
  for (const view of Object.keys(VIEWS)) find(view).hidden = true;
  find("views").hidden = find("leave").hidden = true;
  signIn.hidden = false;
  find("sign-in-trouble").textContent = words;
  find("token").focus();
}

async function look(wanted) {
  const name = wanted in VIEWS ? wanted : "materials";
  for (const view of Object.keys(VIEWS)) find(view).hidden = view !== name;
  for (const button of document.querySelectorAll("[data-view]")) {
    if (button.dataset.view === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  history.replaceState(null, "", `#${name}`);
  banner();
  try {
    await VIEWS[name]();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.status !== 401) banner(error.message);
  }
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = find("token");
  keep(input.value.trim());
  try {
    await ask("GET", "v1/releases");
    input.value = "";
    find("sign-in-trouble").textContent = "";
    enter();
    find("main").focus();
  } catch (error) {
    leave(error.status === 401 ? say("trouble_401") : error.message);
  }
});

whenSignedOut(() => {
  if (signIn.hidden) leave(say("trouble_gone"));
});
find("leave").addEventListener("click", () => leave());
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => look(button.dataset.view));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
speak();
if (token()) enter();
else find("token").focus();
