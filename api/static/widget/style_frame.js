/** The button, the panel that it opens, its head, tabs and menu. */
export const FRAME = `
.launcher {
  position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom)); z-index: 2147483000;
  display: flex; align-items: center; gap: 10px; min-height: 56px; padding: 8px 20px 8px 16px;
  font: 600 1em/1.3 var(--sans); color: var(--ink); background: var(--raised);
  border: 1px solid var(--soft); border-radius: 28px; box-shadow: var(--shade);
}
.launcher:hover { border-color: var(--red); }
.launcher:focus-visible { border-radius: 28px; }

.panel {
  position: fixed; inset: auto max(20px, env(safe-area-inset-right)) 20px auto; z-index: 2147483000; flex-direction: column;
  width: 424px; height: 720px; max-width: calc(100vw - 40px); max-height: calc(100vh - 40px);
  color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; box-shadow: var(--shade); overflow: hidden;
}
dialog.panel[open], section.panel { display: flex; }
.panel:focus-visible { outline: 0; }
.panel::before { content: ""; position: absolute; inset: 0 auto 0 var(--rule-at); border-left: 1px solid var(--rule); pointer-events: none; }
.panel::backdrop { background: none; }
.inline { height: 100%; min-height: 0; }
section.panel {
  position: relative; inset: auto; z-index: auto; width: 100%; height: 100%; max-width: none; max-height: none; border: 0; border-radius: 0;
  box-shadow: none;
}

header { position: relative; display: flex; align-items: center; gap: 2px; padding: 8px 8px 4px var(--from); }
header .mark { width: 26px; height: 26px; margin-right: 10px; }
.name { flex: 1; min-width: 0; font-size: 1.1875em; line-height: 1.3; font-weight: 400; white-space: nowrap; }
.other { min-width: 44px; min-height: 44px; padding: 0 8px; font: 0.875em/1.4 var(--sans); color: var(--soft); }
.other:hover { color: var(--ink); }
.menu {
  position: absolute; top: 52px; right: 12px; z-index: 3; width: min(260px, calc(100% - 24px)); padding: 6px; background: var(--raised);
  border: 1px solid var(--soft); border-radius: 6px; box-shadow: var(--shade);
}
.menu > button { display: block; width: 100%; min-height: 44px; padding: 8px 12px; font: 0.9375em/1.4 var(--sans); text-align: start; }
.menu > button:hover { color: var(--red); }
.menu p { padding: 8px 12px; font: 0.9375em/1.5 var(--sans); }
.menu .row { padding: 4px 12px 8px; }

.tabs { display: flex; gap: 20px; margin-left: var(--from); border-bottom: 1px solid var(--hair); }
.tabs button {
  min-width: 44px; min-height: 44px; padding: 0 2px; font: 0.9375em/1.4 var(--sans); color: var(--soft);
  border-bottom: 2px solid transparent; border-radius: 0;
}
.tabs button[aria-selected="true"] { color: var(--ink); border-bottom-color: var(--red); }

.pane { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.machine { padding: 5px 16px max(9px, env(safe-area-inset-bottom)) var(--from); font: 0.75em/1.5 var(--sans); color: var(--soft); }

@media (max-width: 480px), (max-height: 420px) {
  dialog.panel { inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; border: 0; border-radius: 0; }
}
@media (max-height: 420px) { header { padding-top: 0; } .machine { padding-bottom: 2px; } }
@media (forced-colors: active) {
  .send { border-color: ButtonText; }
  .tabs button[aria-selected="true"] { border-bottom-color: Highlight; }
  .tabs button { border-bottom-color: Canvas; }
}
`;
