import { WORDS } from "./words.js";

/** Words and elements: an element remembers what it says, so that the language can change under it. All data goes in as text, never as markup. */

let language = (navigator.language ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";

export const find = (id) => document.getElementById(id);
export const tag = (spoken) => (spoken === "zh" ? "zh-CN" : "en");

export function say(key, ...values) {
  let at = 0;
  return (WORDS[language][key] ?? key).replace(/\{\}/g, () => values[at++] ?? "");
}

export function make(name, properties = {}, ...children) {
  const { data = {}, says, label, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  Object.assign(element.dataset, data);
  if (says) remember(element, "say", says);
  if (label) remember(element, "sayLabel", label);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** `says` is a key, or a list of a key and its values; `kind` is `say` for the text, `sayLabel` for the name that is read out. */
export function remember(element, kind, says) {
  element.dataset[kind] = JSON.stringify([says].flat());
  phrase(element);
}

function phrase(element) {
  const { say: text, sayLabel, sayPlaceholder, moment } = element.dataset;
  if (text) element.textContent = said(text);
  if (sayLabel) element.setAttribute("aria-label", said(sayLabel));
  if (sayPlaceholder) element.setAttribute("placeholder", said(sayPlaceholder));
  if (moment) element.textContent = when(moment);
}

const said = (remembered) => (remembered.startsWith("[") ? say(...JSON.parse(remembered)) : say(remembered));

export function speak(next = language) {
  language = next;
  document.documentElement.lang = tag(language);
  for (const element of document.querySelectorAll("[data-say], [data-say-label], [data-say-placeholder], [data-moment]")) phrase(element);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === language);
}

/** A moment in UTC as people here read it. */
export function when(moment) {
  const date = new Date(moment);
  return Number.isNaN(date.valueOf()) ? moment : new Intl.DateTimeFormat(tag(language), { dateStyle: "medium", timeStyle: "short" }).format(date);
}

export function time(moment) {
  return make("time", { dateTime: moment, data: { moment }, textContent: when(moment) });
}

export const number = (value) => value.toLocaleString(tag(language));

/** Asks in a dialog; whether the answer is yes. */
export function confirmed(title, text, yes) {
  const dialog = find("confirm");
  find("confirm-title").textContent = title;
  find("confirm-text").textContent = text;
  find("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

/** Tells of trouble at the top of the page; without words, takes it away. */
export function banner(words = "") {
  const line = find("banner");
  line.textContent = words;
  line.hidden = !words;
  if (words) line.scrollIntoView({ block: "nearest" });
}
