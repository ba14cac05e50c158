const LIGHT =
  "--paper: #fbf9f3; --raised: #fffefa; --ink: #1b2733; --soft: #56616c; --hair: #d9d4c7; " +
  "--red: #b0381c; --rule: #e3b3a5; --good: #2c6a3f; --shade: 0 12px 40px rgb(27 39 51 / 0.22); color-scheme: light;";
const DARK =
  "--paper: #12181f; --raised: #19212a; --ink: #ebe6da; --soft: #a5adb5; --hair: #333d47; " +
  "--red: #f0946f; --rule: #6b4236; --good: #8cc79a; --shade: 0 12px 40px rgb(0 0 0 / 0.6); color-scheme: dark;";

/**
 * A page from an exercise book: ink on paper, a red rule for the margin, the teacher's red for what can be checked.
 * Sizes hang on the reader's own font size, not on the page's; nothing of the page's style comes in.
 */
export const LOOK = `
:host { all: initial; display: contents; }
.root { all: initial; ${LIGHT} }
@media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) .root { ${DARK} } }
:host([data-theme="dark"]) .root { ${DARK} }

.root {
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
  --sans: "Avenir Next", "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
  --rule-at: 14px;
  --from: 30px;
  display: block;
  color: var(--ink);
  font: 400 medium/1.55 var(--serif);
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
:lang(zh) { line-height: 1.75; }
p, li, blockquote { text-wrap: pretty; }
ol, ul { list-style: none; }
button, textarea, input { font: inherit; color: inherit; letter-spacing: inherit; }
button, summary { cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; }
button { background: none; border: 0; border-radius: 3px; }
button:disabled { opacity: 0.6; cursor: default; }
:focus-visible { outline: 2px solid var(--red); outline-offset: 2px; border-radius: 3px; }
[tabindex="-1"]:focus-visible { outline: 0; }
fieldset { border: 0; min-width: 0; }

.label { font: 600 0.8125em/1.6 var(--sans); letter-spacing: 0.04em; color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.plain { min-height: 44px; padding: 6px 16px; font: 0.9375em/1.4 var(--sans); border: 1px solid var(--soft); }
.plain:hover:not(:disabled) { border-color: var(--red); color: var(--red); }
.send {
  flex: none; min-width: 68px; min-height: 44px; padding: 6px 16px; font: 600 1em/1.4 var(--sans); color: var(--paper);
  background: var(--red); border: 1px solid transparent;
}
.icon { display: grid; place-items: center; flex: none; width: 44px; height: 44px; color: var(--soft); }
.icon:hover { color: var(--ink); }
.sign { flex: none; width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.sign-play { fill: currentColor; width: 16px; height: 16px; }

.line { fill: none; stroke: currentColor; stroke-width: 1.4; }
.way { fill: none; stroke: var(--red); stroke-width: 1.6; }
.earth { fill: currentColor; }
.spot { fill: var(--red); }
.knot { fill: var(--paper); stroke: var(--red); stroke-width: 1.8; }
.ticks { fill: none; stroke: var(--soft); stroke-width: 5; stroke-dasharray: 0.6 8.6503; }
.faint { fill: none; stroke: var(--soft); stroke-dasharray: 2 4; }
.mark { flex: none; width: 28px; height: 28px; overflow: visible; }

@keyframes round { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation: none !important; transition: none !important; }
}
@media print { .root { display: none; } }
`;
