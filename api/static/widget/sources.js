import { sign } from "./drawing.js";
import { clock, leads, place, safe } from "./places.js";
import { tag } from "./voice.js";

/** The numbered sources of one answer, each unfolding to its quote, with a way to its place in the course. */
export class Sources {
  #voice;
  #emit;
  #rows = new Map();
  #list;

  constructor(voice, emit) {
    this.#voice = voice;
    this.#emit = emit;
    this.#list = voice.make("ol", { className: "sources" });
    this.element = voice.make("div", { hidden: true }, voice.label("sources", "h4"), this.#list);
  }

  /** Shows these; those that stand there already stay as unfolded as they are. */
  show(citations, language) {
    for (const citation of citations) {
      const row = this.#rows.get(citation.n) ?? this.#row(citation);
      row.fill(citation, language);
    }
    this.element.hidden = this.#rows.size === 0;
  }

  has = (n) => this.#rows.has(n);

  /** Unfolds a source and goes to it. */
  unfold(n) {
    const { details } = this.#rows.get(n);
    details.open = true;
    details.querySelector("summary").focus();
    details.scrollIntoView({ block: "nearest" });
  }

  #row({ n }) {
    const item = this.#voice.make("li");
    this.#list.append(item);
    const row = { details: this.#voice.make("details") };
    row.fill = (citation, language) => {
      const filled = JSON.stringify([citation, language]);
      if (row.filled === filled) return; // somebody may be reading it
      row.filled = filled;
      row.details.replaceChildren(summary(this.#voice, citation), quoted(this.#voice, citation, language));
      item.replaceChildren(row.details, leads(citation) ? way(this.#voice, citation, this.#emit) : "");
    };
    this.#rows.set(n, row);
    return row;
  }
}

/** A source by itself, unfolded. */
export function single(voice, citation, { language, emit }) {
  const title = voice.make("p", { className: "where", lang: tag(citation.language) }, ...named(voice, citation));
  return voice.make("div", { className: "single" }, title, quoted(voice, citation, language), leads(citation) ? way(voice, citation, emit) : "");
}

function summary(voice, citation) {
  const number = voice.make("span", { className: "n", textContent: citation.n });
  return voice.make("summary", { lang: tag(citation.language) }, number, voice.make("span", { className: "where" }, ...named(voice, citation)));
}

function named(voice, { title, section }) {
  return [voice.make("cite", { textContent: title }), section ? voice.make("span", { className: "section", textContent: section }) : ""];
}

function quoted(voice, citation, language) {
  const quote = voice.make("blockquote", { lang: tag(citation.language), textContent: citation.quote });
  return voice.make("div", { className: "quoted" }, quote, voice.make("p", { className: "about" }, ...about(voice, citation, language)));
}

/** What is known of a source beyond its words: its language where it is the other one, its date, its page, its moment. */
function about(voice, citation, language) {
  const moment = Number.isFinite(citation.position_s) ? clock(citation.position_s) : null;
  return [
    citation.language === language ? null : voice.make("span", { say: `in_${citation.language}` }),
    citation.as_of && voice.make("span", { say: "as_of", date: citation.as_of }),
    citation.page === null || citation.page === undefined ? null : voice.make("span", { say: "page", value_: citation.page }),
    moment && voice.make("span", { say: "moment", value_: moment }),
  ].filter(Boolean);
}

/** The button or link to the place. A host that takes the pupil there itself prevents the link's default. */
function way(voice, citation, emit) {
  const moment = Number.isFinite(citation.position_s) ? clock(citation.position_s) : null;
  const words = moment ? { sayLabel: "play", value_: moment } : { sayLabel: "show" };
  const href = safe(citation.url);
  const onclick = (event) => {
    if (!emit("source_click", place(citation))) event.preventDefault();
  };
  const onto = href ? { href, target: "_blank", rel: "noopener" } : { type: "button" };
  return voice.make(href ? "a" : "button", { className: "way-to", onclick, ...words, ...onto }, sign(moment ? "play" : "go"), moment ?? "");
}
