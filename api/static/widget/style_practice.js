/** The practice tab. */
export const PRACTICE = `
.practice { display: block; overflow-y: auto; overscroll-behavior: contain; padding: 14px 16px 16px var(--from); }
.progress { font: 600 0.8125em/1.6 var(--sans); color: var(--soft); }
progress {
  display: block; width: 100%; height: 4px; margin: 4px 0 16px; appearance: none; border: 0; background: var(--hair); border-radius: 2px;
  overflow: hidden;
}
progress::-webkit-progress-bar { background: var(--hair); }
progress::-webkit-progress-value { background: var(--red); }
progress::-moz-progress-bar { background: var(--red); }
legend { margin-bottom: 12px; font-size: 1.25em; line-height: 1.4; }
.choice {
  display: flex; align-items: center; gap: 12px; min-height: 48px; padding: 8px 12px; margin-top: 8px; background: var(--raised);
  border: 1px solid var(--hair); border-radius: 5px; cursor: pointer;
}
.choice:hover { border-color: var(--soft); }
.choice:has(:checked) { border-color: var(--red); box-shadow: inset 0 0 0 1px var(--red); }
.choice input { flex: none; width: 20px; height: 20px; accent-color: var(--red); }
fieldset:disabled .choice { cursor: default; }
.card textarea, .card input[type="text"] {
  width: 100%; min-height: 48px; padding: 10px 12px; background: var(--raised); border: 1px solid var(--soft); border-radius: 5px;
}
.card textarea { resize: vertical; }
.card :is(textarea, input):focus-visible { outline-offset: 1px; }
.measured { display: flex; align-items: center; gap: 10px; }
.measured input { max-width: 200px; }
.card .row { margin-top: 14px; }
.given:not(:empty) { margin-top: 12px; padding-left: 12px; border-left: 2px solid var(--rule); color: var(--soft); font-style: italic; }
.given:lang(zh) { font-style: normal; }
.told:not(:empty) { display: grid; gap: 6px; margin-top: 16px; }
.told .label { margin-top: 8px; }
.verdict { display: flex; align-items: center; gap: 8px; font: 1.0625em/1.4 var(--sans); color: var(--red); }
.verdict .sign { padding: 3px; border: 1.5px solid currentColor; border-radius: 50%; width: 24px; height: 24px; stroke-width: 2.4; }
.verdict.right { color: var(--good); }
.right-answer { font-size: 1.125em; }
.single { position: relative; margin-top: 14px; padding: 10px 0 0; border-top: 1px solid var(--hair); }
.single .where { padding-right: 76px; }
.single .quoted { padding: 8px 0 4px; }
.single .way-to { position: absolute; top: 2px; right: -8px; }
.practice > .row { margin-top: 18px; }
`;
