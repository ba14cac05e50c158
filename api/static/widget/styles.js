import { FRAME } from "./style_frame.js";
import { LOOK } from "./style_look.js";
import { PRACTICE } from "./style_practice.js";
import { TALK } from "./style_talk.js";

let sheets = null;

/** The style sheets of every tutor on the page. Made by script they need nothing of the page's Content-Security-Policy. */
export function styles() {
  sheets ??= [LOOK, FRAME, TALK, PRACTICE].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
