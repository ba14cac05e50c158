/** The conversation: questions, answers, sources, and where the next question is written. */
export const TALK = `
.log { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 0 16px 8px var(--from); }
.log:focus-visible { outline-offset: -2px; }

.intro { padding: 20px 0 16px; }
.transfer { display: block; width: 176px; margin: 0 0 20px -10px; }
.intro:has(.suggestions) .transfer { width: 96px; margin: -4px 0 12px -6px; }
@media (max-height: 640px) { .transfer { display: none; } }
.title { font-size: 1.75em; line-height: 1.2; text-wrap: balance; }
.title:lang(zh) { line-height: 1.35; }
.lead { margin-top: 10px; font-size: 1.0625em; color: var(--soft); }
.starters { margin-top: 22px; }

.turn { padding: 16px 0 20px; }
.turn + .turn { border-top: 1px solid var(--hair); }
.turn + .turn:last-child { min-height: 100%; }
.question { margin-bottom: 10px; font-size: 1em; font-weight: 400; color: var(--soft); white-space: pre-line; }
.answer { font-size: 1.1875em; line-height: 1.55; white-space: pre-line; }
.answer:lang(zh) { line-height: 1.8; }
.cite {
  position: relative; display: inline-block; min-width: 24px; min-height: 24px; margin: 0 2px 0 4px; padding: 0 5px; vertical-align: 0.15em;
  font: 600 0.6875em/22px var(--sans); color: var(--red); border: 1px solid var(--rule); border-radius: 12px;
}
.cite::after { content: ""; position: absolute; inset: -10px; }
.cite:hover { background: var(--red); border-color: var(--red); color: var(--paper); }
.reply h4 { margin-top: 18px; }
.refusal h4 { margin-top: 0; }

.sources { margin-top: 4px; border-top: 1px solid var(--hair); }
.sources > li { display: flex; align-items: start; gap: 8px; border-bottom: 1px solid var(--hair); }
details { flex: 1; min-width: 0; }
summary { display: flex; align-items: baseline; gap: 10px; min-height: 44px; padding: 9px 0; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after {
  content: ""; flex: none; align-self: center; width: 7px; height: 7px; margin: -4px 4px 0 auto; border: solid var(--soft);
  border-width: 0 1.5px 1.5px 0; transform: rotate(45deg);
}
details[open] > summary::after { margin-top: 4px; transform: rotate(-135deg); }
summary:hover cite { color: var(--red); }
.n { flex: none; min-width: 12px; font: 600 0.875em/1.5 var(--sans); color: var(--red); }
cite { font-style: normal; }
.where { min-width: 0; line-height: 1.4; }
.section { display: block; font: 0.8125em/1.5 var(--sans); color: var(--soft); }
.quoted { padding: 0 0 12px 22px; }
blockquote { padding-left: 12px; border-left: 2px solid var(--red); white-space: pre-line; }
.about { display: flex; flex-wrap: wrap; gap: 0 14px; margin-top: 6px; font: 0.8125em/1.7 var(--sans); color: var(--soft); }
.way-to {
  flex: none; display: inline-flex; align-items: center; justify-content: center; gap: 5px; min-width: 44px; min-height: 44px; padding: 0 8px;
  font: 600 0.875em/1.4 var(--sans); font-variant-numeric: tabular-nums; color: var(--red);
  text-decoration: none; border-radius: 3px; cursor: pointer;
}
.way-to:hover { text-decoration: underline; text-underline-offset: 4px; }

.notice { margin-top: 14px; font: 0.8125em/1.6 var(--sans); color: var(--soft); }
.judged { margin-top: 6px; font-family: var(--sans); font-size: 0.875em; color: var(--soft); }
.judge { display: flex; flex-wrap: wrap; align-items: center; gap: 0 2px; margin-right: auto; }
.judge span { margin-right: 6px; }
.judged button {
  min-width: 44px; min-height: 44px; padding: 0 10px; text-decoration: underline; text-decoration-color: var(--hair);
  text-underline-offset: 4px;
}
.judged button:hover { color: var(--red); }
.judged button[aria-pressed="true"] { color: var(--ink); font-weight: 600; text-decoration-color: var(--red); text-decoration-thickness: 2px; }
.judged form { display: flex; flex-wrap: wrap; gap: 8px; padding: 4px 0 8px; }
.judged textarea {
  flex: 1 1 180px; min-height: 64px; padding: 8px 10px; color: var(--ink); background: var(--raised); border: 1px solid var(--soft);
  border-radius: 4px; resize: vertical;
}
.judged form button { align-self: end; text-decoration: none; }
.suggestions { margin-top: 4px; border-top: 1px solid var(--hair); }
.suggestions li { border-bottom: 1px solid var(--hair); }
.suggestions button { display: block; width: 100%; min-height: 44px; padding: 9px 0; text-align: start; }
.suggestions button:hover { color: var(--red); }

.refusal { padding: 14px 16px 16px; border: 1px dashed var(--soft); border-radius: 4px; }
.trouble { margin-top: 4px; padding-left: 14px; border-left: 3px solid var(--hair); }
.trouble .plain { margin-top: 10px; }
.waiting { display: flex; align-items: center; gap: 12px; min-height: 44px; color: var(--soft); }
.orbit {
  position: relative; flex: none; width: 24px; height: 24px; border: 1px solid var(--soft); border-radius: 50%;
  animation: round 2.4s linear infinite;
}
.orbit::before, .orbit::after { content: ""; position: absolute; border-radius: 50%; }
.orbit::before { inset: 6px; background: var(--ink); }
.orbit::after { width: 6px; height: 6px; left: 8px; top: -4px; background: var(--red); }

.composer { padding: 8px 16px 0 var(--from); }
.field { display: flex; align-items: end; gap: 6px; padding: 5px; background: var(--raised); border: 1px solid var(--soft); border-radius: 5px; }
.field:focus-within { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink); }
.field textarea {
  flex: 1; min-width: 0; min-height: 44px; max-height: 150px; padding: 8px 9px; line-height: 1.6; border: 0; resize: none; background: none;
  field-sizing: content;
}
.field textarea:focus-visible { outline: 0; }
textarea::placeholder { color: var(--soft); opacity: 1; }
.hint { margin-top: 5px; font: 0.75em/1.5 var(--sans); color: var(--soft); }
#count:not(:empty) { margin-left: 6px; font-weight: 600; color: var(--red); }
@media (max-height: 420px) { .hint { display: none; } .composer { padding-top: 4px; } }
@media (forced-colors: active) { .field:focus-within { outline: 2px solid Highlight; } .field textarea { forced-color-adjust: auto; } }
`;
