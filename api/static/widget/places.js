/** A heading as a page's anchor: words joined by hyphens, as the server's own links have it. */
export const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "");

/** Where a citation stands in the course, as the player is told. */
export function place(citation) {
  const heading = citation.section?.split(" / ").at(-1);
  return { doc: citation.doc_id, anchor: heading ? anchor(heading) : null, position_s: citation.position_s ?? null };
}

/** Whether there is anything to go to. */
export const leads = (citation) => Boolean(citation.section || safe(citation.url)) || Number.isFinite(citation.position_s);

/** The address if it is https or the page's own, else null. */
export function safe(url) {
  if (typeof url !== "string" || url === "") return null;
  try {
    const { protocol, origin, href } = new URL(url, location.href);
    return protocol === "https:" || (protocol === "http:" && origin === location.origin) ? href : null;
  } catch {
    return null;
  }
}

/** 65 as 1:05. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
