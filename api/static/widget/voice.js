import en from "./words.en.js";
import zh from "./words.zh.js";

const WORDS = { en, zh };
const SAID = ["say", "sayLabel", "sayPlaceholder"];

/** The language of a locale such as "zh-CN"; English for any that is not Chinese. */
export const languageOf = (locale) => (/^zh\b/i.test(locale ?? "") ? "zh" : "en");
/** The lang attribute of a language. */
export const tag = (language) => (language === "zh" ? "zh-CN" : "en");
/** The language in which a text is written: Chinese if a Han character stands in it. */
export const written = (text) => (/\p{Script=Han}/u.test(text) ? "zh" : "en");

/** What one tutor says, in the language that it speaks now. Elements remember what they say, so that they can say it anew in the other. */
export class Voice {
  constructor(language) {
    this.language = language;
  }

  /** The words of `key`, with the values in the places of {} or {0}, {1}. */
  say(key, ...values) {
    let at = 0;
    return WORDS[this.language][key].replace(/\{(\d?)\}/g, (_all, place) => values[place === "" ? at++ : Number(place)] ?? "");
  }

  /** An element. Whatever comes from outside goes in as text or as a property, never as markup. */
  make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (value === undefined || value === null) continue;
      if (SAID.includes(key) || key === "value_" || key === "date") element.dataset[key.replace("_", "")] = value;
      else if (/^(aria-|role$|lang$|for$)/.test(key)) element.setAttribute(key, value);
      else element[key] = value;
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    this.#phrase(element);
    return element;
  }

  button(key, onclick, properties = {}) {
    return this.make("button", { type: "button", say: key, onclick, ...properties });
  }

  label(key, name = "p") {
    return this.make(name, { className: "label", say: key });
  }

  /** Speaks `language` from now on; what stands under `root` says it anew. */
  speak(language, root) {
    this.language = language;
    for (const element of root.querySelectorAll("[data-say], [data-say-label], [data-say-placeholder]")) this.#phrase(element);
  }

  /** Has an element say something else. */
  rephrase(element, key, value) {
    element.dataset.say = key;
    delete element.dataset.value;
    if (value !== undefined) element.dataset.value = value;
    this.#phrase(element);
  }

  /** "2026-05-24", "2026-05" or "2026" as this language writes it. */
  dated(date) {
    if (!/^\d{4}(-\d\d){0,2}$/.test(date)) return date;
    const [year, month, day] = date.split("-").map(Number);
    const shown = { year: "numeric", month: month ? "long" : undefined, day: day ? "numeric" : undefined, timeZone: "UTC" };
    return new Intl.DateTimeFormat(this.language === "zh" ? "zh-CN" : "en-GB", shown).format(Date.UTC(year, (month || 1) - 1, day || 1));
  }

  #phrase(element) {
    const { say, sayLabel, sayPlaceholder, value, date } = element.dataset;
    const values = date ? [this.dated(date)] : value ? value.split("\n") : [];
    if (say) element.textContent = this.say(say, ...values);
    if (sayLabel) element.setAttribute("aria-label", this.say(sayLabel, ...values));
    if (sayPlaceholder) element.setAttribute("placeholder", this.say(sayPlaceholder));
  }
}
