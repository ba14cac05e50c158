const OUT = ["ready", "open", "close", "message", "source_click", "error"];

/** Joins a tutor in a frame with the page around it: events go to that origin alone, and only it is listened to. Returns what ends it. */
export function join(tutor, origin) {
  if (window.parent === window) return () => {};
  if (new URL(origin).origin !== origin)
    throw new RangeError(`parentOrigin must be an exact origin such as "https://school.example", not ${JSON.stringify(origin)}`);
  const ended = new AbortController();
  const post = ({ type, detail }) => window.parent.postMessage({ type, detail }, origin);
  for (const name of OUT) tutor.addEventListener(`navigator:${name}`, post, { signal: ended.signal });
  addEventListener("message", (event) => event.source === window.parent && event.origin === origin && obey(tutor, event.data), {
    signal: ended.signal,
  });
  return () => ended.abort();
}

function obey(tutor, message) {
  const { type, detail } = message ?? {};
  if (type === "navigator:open") tutor.open();
  else if (type === "navigator:close") tutor.close();
  else if (type === "navigator:setContext") tutor.setContext(detail ?? {});
  else if (type === "navigator:setToken") tutor.setToken(detail?.token ?? null);
}
