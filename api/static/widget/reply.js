import { tag } from "./voice.js";

const LONGEST = 2000;
const BARE = /^[\d\s.,+\-−–^*×x·/eE]+$/; // a number without any unit

/** Where a check question is replied to: choices, a number with its unit, or words. `reply()` is as the server takes it, "" for none yet. */
export function replyField(check, voice) {
  const lang = tag(check.language);
  const legend = voice.make("legend", { lang, textContent: check.question });
  const element = voice.make("fieldset", {}, legend);
  if (check.kind === "choice") {
    const radios = check.choices.map((choice) => voice.make("input", { type: "radio", name: "choice", value: choice }));
    element.append(
      ...radios.map((radio) => voice.make("label", { className: "choice", lang }, radio, voice.make("span", { textContent: radio.value }))),
    );
    return {
      element,
      reply: () => radios.find((radio) => radio.checked)?.value ?? "",
      focus: () => (radios.find((radio) => radio.checked) ?? radios[0]).focus(),
    };
  }
  const input = written(check, voice);
  element.append(check.unit ? voice.make("div", { className: "measured" }, input, voice.make("span", { lang, textContent: check.unit })) : input);
  return { element, reply: () => withUnit(input.value.trim(), check.unit), focus: () => input.focus() };
}

function written({ kind, unit }, voice) {
  const label = unit ? { sayLabel: "reply_in", value_: unit } : { sayLabel: "reply" };
  if (kind === "explain") return voice.make("textarea", { rows: 4, maxLength: LONGEST, ...label });
  return voice.make("input", { type: "text", maxLength: LONGEST, autocomplete: "off", inputMode: kind === "number" ? "decimal" : "text", ...label });
}

const withUnit = (reply, unit) => (unit && BARE.test(reply) ? `${reply} ${unit}` : reply);
