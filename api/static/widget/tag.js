const CONTEXT = { lesson: "lesson", course: "course", positionS: "position_s" };

/** What the data- attributes of a script tag say, as options of mount(). */
export function read({ dataset }) {
  const { api, token, lesson, course, positionS, gradeBand, locale, theme, parentOrigin } = dataset;
  const open = "open" in dataset && dataset.open !== "false";
  const given = { token, lesson, course, gradeBand, locale, theme, parentOrigin, positionS: positionS ? Number(positionS) : undefined, open };
  return api ? { ...given, api } : given;
}

/** Tells the tutor what changes on its tag: another token, another lesson. Returns what ends it. */
export function watch(script, tutor) {
  const observer = new MutationObserver((changes) => tell(script, tutor, new Set(changes.map((change) => change.attributeName))));
  observer.observe(script, { attributes: true });
  return () => observer.disconnect();
}

/** Tells the tutor everything that a new tag says. */
export function retell(script, tutor) {
  tell(script, tutor, new Set(script.getAttributeNames()));
}

function tell(script, tutor, attributes) {
  const said = read(script);
  if (attributes.has("data-token")) tutor.setToken(said.token ?? null);
  const context = {};
  for (const [option, name] of Object.entries(CONTEXT)) {
    if (attributes.has(option === "positionS" ? "data-position-s" : `data-${option}`)) context[name] = said[option] ?? null;
  }
  if (Object.keys(context).length) tutor.setContext(context);
}
