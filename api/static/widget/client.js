import { events } from "./events.js";
import { lost, Trouble } from "./trouble.js";

const WORDS = { 400: "invalid", 401: "signing", 403: "forbidden", 413: "invalid", 422: "invalid", 429: "too_many", 503: "closed" };

/** The tutor's HTTP API, asked in the name of whoever holds the token now, or of the browser's cookie without one. */
export class Client {
  #base;
  #tokens;

  constructor(api, tokens) {
    this.#base = api.endsWith("/") ? api : `${api}/`;
    this.#tokens = tokens;
  }

  /** The JSON of an answer, null of an empty one. */
  async json(method, path, { body, signal } = {}) {
    const response = await this.#sent(method, path, { body, signal });
    return response.status === 204 ? null : await response.json().catch(gone(signal));
  }

  /**
   * The events of one answer, from after number `last`. Ends when the stream does, whether or not it was complete.
   * `tell` hears of waiting for a token.
   */
  async *chat(body, { last, signal, tell }) {
    const headers = last >= 0 ? { "Last-Event-ID": String(last) } : {};
    const response = await this.#sent("POST", "v1/chat", { body, headers, signal, tell });
    yield* events(response.body, signal);
  }

  /** The response, once it is one that went well. One that is told about waits for another token when its own has run out. */
  async #sent(method, path, { body, headers = {}, signal, tell }) {
    for (;;) {
      const token = this.#tokens.current;
      const response = await this.#fetched(method, path, { body, headers, signal, token });
      if (response.ok) return response;
      const trouble = await troubleOf(response);
      if (response.status !== 401 || !(await this.#tokens.another(token, { code: trouble.code, signal, tell }))) throw trouble;
    }
  }

  #fetched(method, path, { body, headers, signal, token }) {
    return fetch(this.#base + path, {
      method,
      headers: { ...(body ? { "Content-Type": "application/json" } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
      credentials: token ? "omit" : "include",
      cache: "no-store",
      signal,
    }).catch(gone(signal));
  }
}

/** A request that was ended by us stays that; any other failure is a lost connection. */
function gone(signal) {
  return (error) => {
    throw signal?.aborted ? error : lost();
  };
}

async function troubleOf(response) {
  const { status } = response;
  const { code = "broken", message = null } = (await response.json().catch(() => ({}))).error ?? {};
  const wait = Number(response.headers.get("Retry-After")) || 0;
  // Other messages are for programmers and operators.
  return new Trouble(code, WORDS[status] ?? "broken", { told: status === 429 ? message : null, wait, again: status !== 409 });
}
