import { clock } from "./places.js";

const SHOWN_MS = 2_000;

/** Copies an answer with its sources as text, and has the button say whether it went well. */
export async function copy(answer, voice, button) {
  const text = asText(answer, voice);
  const done = await written(text, button).catch(() => false);
  voice.rephrase(button, done ? "copied" : "uncopied");
  setTimeout(() => voice.rephrase(button, "copy"), SHOWN_MS);
}

function asText(answer, voice) {
  const sources = answer.citations.map((citation) => {
    const { n, title, section, quote, as_of, page, position_s, url } = citation;
    const about = [
      as_of && voice.say("as_of", voice.dated(as_of)),
      page && voice.say("page", page),
      Number.isFinite(position_s) && voice.say("moment", clock(position_s)),
    ];
    const where = [title, section, ...about].filter(Boolean).join(", ");
    return [`[${n}] ${where}`, `    “${quote}”`, ...(url ? [`    ${url}`] : [])].join("\n");
  });
  return [answer.answer, ...(sources.length ? [`${voice.say("sources")}\n${sources.join("\n")}`] : []), answer.notice].filter(Boolean).join("\n\n");
}

/** By the clipboard's own way, or where a page may not have that (no https, a frame) by selecting the text and copying the selection. */
async function written(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const held = Object.assign(document.createElement("textarea"), { value: text, className: "unseen", tabIndex: -1 });
    button.after(held);
    held.select();
    const done = document.execCommand("copy");
    held.remove();
    button.focus();
    return done;
  }
}
