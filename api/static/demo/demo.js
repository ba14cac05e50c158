import { WORDS } from "./words.js";

const LONGEST = 2000; // code points, as the server counts them
const COUNTED_FROM = 1800;
const PATIENCE = 60_000; // milliseconds
const TROUBLES = { 400: "invalid", 401: "player", 413: "invalid", 422: "invalid", 429: "busy", 503: "closed" };

const log = document.getElementById("log");
const composer = document.getElementById("composer");
const input = document.getElementById("question");
const send = composer.querySelector(".send");
const count = document.getElementById("count");

let language = (navigator.language ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
let conversation;

/* --- words: an element remembers what it says, so that the toggle can say it anew --- */

const say = (key, value) => WORDS[language][key].replace("{}", value);
const tag = (spoken) => (spoken === "zh" ? "zh-CN" : "en");

function speak(next) {
  language = next;
  document.documentElement.lang = tag(language);
  for (const element of document.querySelectorAll("[data-say], [data-say-label], [data-say-placeholder]")) phrase(element);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === language);
  tellCount();
}

function phrase(element) {
  const { say: text, sayLabel, sayPlaceholder, value, date } = element.dataset;
  if (text) element.textContent = say(text, date ? dated(date) : value);
  if (sayLabel) element.setAttribute("aria-label", say(sayLabel, value));
  if (sayPlaceholder) element.setAttribute("placeholder", say(sayPlaceholder));
}

/** "2026-05-24", "2026-05" or "2026" as the reader's language writes it. */
function dated(date) {
  const [year, month, day] = date.split("-").map(Number);
  if (!/^\d{4}(-\d\d){0,2}$/.test(date)) return date;
  const shown = { year: "numeric", month: month ? "long" : undefined, day: day ? "numeric" : undefined, timeZone: "UTC" };
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", shown).format(new Date(Date.UTC(year, (month || 1) - 1, day || 1)));
}

/* --- building: everything from outside goes in as text, never as markup --- */

function make(name, properties = {}, ...children) {
  const { data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  phrase(element);
  return element;
}

const label = (key, name = "p") => make(name, { className: "label", data: { say: key } });

function turn(question) {
  const reply = make("div", { className: "text", tabIndex: -1 });
  const heading = make("h2", { className: "question", textContent: question, lang: tag(/\p{Script=Han}/u.test(question) ? "zh" : "en") });
  log.append(
    make(
      "article",
      { className: "turn" },
      make("div", { className: "row" }, label("asked"), make("div", { className: "text" }, heading)),
      make("div", { className: "row" }, label("answered"), reply),
    ),
  );
  return reply;
}

function waiting() {
  return make("p", { className: "waiting" }, make("span", { className: "orbit", ariaHidden: "true" }), make("span", { data: { say: "waiting" } }));
}

/** The parts of an answer, by its kind. */
function shown(answer) {
  if (answer.kind === "refused" || answer.kind === "blocked") return [refusal(answer)];
  const sources = new Map(answer.citations.map((citation) => [citation.n, source(citation, answer)]));
  const parts = [make("p", { className: "answer", lang: tag(answer.language) }, ...numbered(answer.answer, sources))];
  if (sources.size) parts.push(label("sources", "h3"), make("ol", { className: "sources" }, ...[...sources.values()].map((one) => make("li", {}, one))));
  parts.push(...suggested("further", answer.suggestions, answer));
  return [...parts, ...noticed(answer)];
}

/** That a machine made it. */
function noticed(answer) {
  return answer.notice ? [make("p", { className: "notice", lang: tag(answer.language), textContent: answer.notice })] : [];
}

/** The text, each `[n]` that has a source a button that opens it. */
function numbered(text, sources) {
  return text.split(/\s*\[(\d+)\]/).map((part, at) => {
    if (at % 2 === 0) return part;
    const details = sources.get(Number(part));
    return details ? make("button", { type: "button", className: "cite", textContent: part, data: { sayLabel: "source", value: part }, onclick: () => unfold(details) }) : ` [${part}]`;
  });
}

function unfold(details) {
  details.open = true;
  details.querySelector("summary").focus();
  details.scrollIntoView({ block: "nearest" });
}

function source(citation, answer) {
  const summary = make(
    "summary",
    { lang: tag(citation.language) },
    make("span", { className: "n", textContent: citation.n }),
    make("span", { className: "where" }, make("cite", { textContent: citation.title }), citation.section ? make("span", { className: "section", textContent: citation.section }) : ""),
  );
  const quote = make("blockquote", { lang: tag(citation.language), textContent: citation.quote });
  return make("details", {}, summary, quote, make("p", { className: "about" }, ...about(citation, answer)));
}

/** What is known of a source beyond its words: its language where it is the other one, its date, its place, a way to it. */
function about(citation, answer) {
  const seconds = citation.position_s;
  const moment = seconds === null ? null : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  return [
    citation.language === answer.language ? null : make("span", { data: { say: `in_${citation.language}` } }),
    citation.as_of && make("span", { data: { say: "as_of", date: citation.as_of } }),
    citation.page === null ? null : make("span", { data: { say: "page", value: citation.page } }),
    moment && make("span", { data: { say: "moment", value: moment } }),
    safe(citation.url) && make("a", { href: citation.url, target: "_blank", rel: "noopener", data: { say: "open" } }),
  ].filter(Boolean);
}

function safe(url) {
  if (!url || !URL.canParse(url, location.href)) return false;
  const { protocol, origin } = new URL(url, location.href);
  return protocol === "https:" || origin === location.origin;
}

function refusal(answer) {
  const [questions, lessons] = [answer.suggestions.filter(asks), answer.suggestions.filter((one) => !asks(one))];
  const text = make("p", { lang: tag(answer.language), textContent: beforeSuggestions(answer) });
  const lists = [...suggested("meant", questions, answer), ...suggested("nearest", lessons, answer)];
  return make("div", { className: "refusal" }, label(answer.kind, "h3"), text, ...lists, ...noticed(answer));
}

/** The sentences before those that name what is listed below them. */
function beforeSuggestions({ answer: text, suggestions }) {
  const first = suggestions.length ? text.indexOf(suggestions[0].text) : -1;
  const end = Math.max(text.lastIndexOf(". ", first), text.lastIndexOf("。", first));
  return first > 0 && end > 0 ? text.slice(0, end + 1) : text;
}

const asks = ({ text }) => /[?？]\s*$/.test(text);

/** A list, if there is anything on it: questions are asked when pressed. */
function suggested(key, suggestions, answer) {
  const items = suggestions.map((one) =>
    make("li", {}, asks(one) ? make("button", { type: "button", textContent: one.text, onclick: () => send.disabled || ask(one.text) }) : one.text),
  );
  return items.length ? [label(key, "h3"), make("ul", { className: "lessons", lang: tag(answer.language) }, ...items)] : [];
}

function trouble(key, retry) {
  return make(
    "div",
    { className: "trouble" },
    make("p", { data: { say: key } }),
    make("button", { type: "button", className: "retry", data: { say: "retry" }, onclick: retry }),
  );
}

/* --- asking --- */

class Trouble extends Error {}

async function fetched(question) {
  const response = await fetch("v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question, conversation_id: conversation }),
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error) => {
    throw new Trouble(error.name === "TimeoutError" ? "slow" : "offline");
  });
  if (response.status === 404 && conversation) {
    conversation = undefined; // of a cookie that is gone: a new one begins
    return fetched(question);
  }
  if (!response.ok) throw new Trouble(TROUBLES[response.status] ?? "broken");
  return response.json();
}

async function fill(reply, question) {
  send.disabled = true;
  reply.replaceChildren(waiting());
  try {
    const answer = await fetched(question);
    conversation = answer.conversation_id;
    reply.replaceChildren(...shown(answer));
  } catch (error) {
    reply.replaceChildren(trouble(error instanceof Trouble ? error.message : "broken", () => again(reply, question)));
  } finally {
    send.disabled = false;
  }
}

function again(reply, question) {
  reply.focus(); // the button that was pressed goes away
  fill(reply, question);
}

function ask(question) {
  document.body.classList.add("begun");
  const reply = turn(question);
  reply.closest(".turn").scrollIntoView({ block: "start" });
  if (matchMedia("(hover: hover)").matches) input.focus(); // on a phone that would raise the keyboard over the answer
  fill(reply, question);
}

function tellCount() {
  const written = [...input.value.trim()].length;
  count.textContent = written > COUNTED_FROM ? say("count", written.toLocaleString(tag(language))) : "";
  input.setAttribute("aria-invalid", written > LONGEST);
  return written;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const written = tellCount();
  if (send.disabled || written === 0 || written > LONGEST) return input.focus();
  const question = input.value.trim();
  input.value = "";
  tellCount();
  ask(question);
});

input.addEventListener("input", tellCount);
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return; // 229: Safari, while Chinese is being composed
  event.preventDefault();
  composer.requestSubmit();
});
for (const button of document.querySelectorAll(".examples button")) button.addEventListener("click", () => ask(button.textContent));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
speak(language);
