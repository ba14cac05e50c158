import { startTalk } from "./talk.js";
import { startTutor, tell } from "./tutor.js";

const page = document.body.dataset;
const wanted = new URLSearchParams(location.search);
const talk = startTalk(document.querySelector(".theatre"));

startTutor({ page, talk, follow });
go({ anchor: wanted.get("anchor"), position_s: second(wanted.get("t")) });

/** Goes where a source of the tutor's stands: here to its second or its heading, or to the page of its lesson, which does the same. */
async function follow({ doc, anchor, position_s }) {
  if (doc === page.doc || doc === page.talk) return go({ anchor, position_s });
  const place = new URLSearchParams({ doc });
  if (position_s !== null) place.set("t", position_s);
  if (anchor) place.set("anchor", anchor);
  const there = await fetch(`/?${place}`, { method: "HEAD" }).catch(() => null);
  if (there?.ok) location.assign(`/?${place}`);
  else tell(page.elsewhere); // a mission's fact, a word of the glossary
}

function go({ anchor, position_s }) {
  if (talk && position_s !== null) talk.seek(position_s);
  else document.getElementById(anchor ?? "")?.scrollIntoView();
  mark(anchor);
}

/** Shows which heading was meant, until another is. */
function mark(anchor) {
  for (const heading of document.querySelectorAll("article .meant")) heading.classList.remove("meant");
  document.getElementById(anchor ?? "")?.classList.add("meant");
}

function second(text) {
  const value = Number(text);
  return text && Number.isFinite(value) && value >= 0 ? value : null;
}
