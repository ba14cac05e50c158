/** Whom a token stands for: its tenant and subject, unchecked. A token that cannot be read stands for somebody else than any other does. */
export function subjectOf(token) {
  if (!token) return null;
  try {
    const { iss, sub } = JSON.parse(new TextDecoder().decode(bytes(token.split(".")[1])));
    return JSON.stringify([iss, sub]);
  } catch {
    return token;
  }
}

function bytes(base64url) {
  return Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

/** The token in force, and the way to another one: the host's `fetch` function if it has given one, else whatever it hands in by `take`. */
export class Tokens {
  current;
  #fetch;
  #renewing = null;
  #waiting = new Set();
  #handOver;
  #tell;

  /** `handOver` is told of a token that was fetched; `tell` gets the code of the trouble once nothing is left but to wait. */
  constructor(token, { fetch, handOver, tell }) {
    this.current = token || null;
    this.#fetch = fetch;
    this.#handOver = handOver;
    this.#tell = tell;
  }

  /** Whether anybody vouches for the pupil. */
  get used() {
    return Boolean(this.current || this.#fetch || this.#waiting.size);
  }

  /** Has whoever waits go on with it. */
  take(token) {
    this.current = token || null;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /** Whether there is another token than `refused` now. With `tell` it waits for one as long as that takes, and says so. */
  async another(refused, { code, signal, tell }) {
    if (this.current === refused && this.#fetch) await this.#fetched();
    signal?.throwIfAborted();
    if (this.current !== refused || !tell) return this.current !== refused;
    tell("signing");
    this.#tell(code);
    await this.#handedIn(signal);
    tell("waiting");
    return true;
  }

  #handedIn(signal) {
    return new Promise((go, stop) => {
      this.#waiting.add(go);
      signal.addEventListener("abort", () => (this.#waiting.delete(go), stop(signal.reason)), { once: true });
    });
  }

  /** One request at a time, whoever asks. The host's own trouble is no more than no token. */
  #fetched() {
    this.#renewing ??= Promise.resolve()
      .then(() => this.#fetch())
      .then(
        (token) => typeof token === "string" && this.#handOver(token),
        () => {},
      )
      .finally(() => (this.#renewing = null));
    return this.#renewing;
  }
}
