import { lost, Trouble } from "./trouble.js";

const AGAIN_MS = [1_000, 3_000];

/** An id that cannot be guessed; crypto.randomUUID is missing on pages without https. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** One question on its way. Asked again it keeps its message id, so that the server goes on where the connection was lost. */
export class Asking {
  #client;
  #body;
  #last = -1;
  #furthest = -1;
  #signal;

  constructor(client, body, signal) {
    this.#client = client;
    this.#body = { ...body, client_message_id: newId() };
    this.#signal = signal;
  }

  /**
   * The answer's events; one named `session` begins it, perhaps anew. Lost connections are taken up again twice, of which `tell` hears;
   * then it throws the Trouble.
   */
  async *events(tell) {
    for (let [tries, broken] = [0, false]; ; broken = true) {
      try {
        for await (const event of this.#client.chat(this.#body, { last: this.#last, signal: this.#signal, tell })) {
          if (event.name === "error") throw this.#refused(event.data.error);
          if (broken) tell("waiting");
          broken = false;
          this.#last = event.data.seq;
          if (this.#last > this.#furthest) [this.#furthest, tries] = [this.#last, 0];
          yield event;
          if (event.name === "done") return;
        }
        throw lost();
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        if (!error.again) this.#anew();
        if (error.code !== "lost" || (navigator.onLine && tries >= AGAIN_MS.length)) throw error;
        tell(navigator.onLine ? "again" : "offline");
        await (navigator.onLine ? passed(AGAIN_MS[tries++], this.#signal) : online(this.#signal));
      }
    }
  }

  #refused({ code }) {
    return new Trouble(code, code === "not_ready" ? "closed" : "broken", { again: false });
  }

  /** What has failed on the server would be replayed under the same id. */
  #anew() {
    this.#body.client_message_id = newId();
    this.#last = this.#furthest = -1;
  }
}

function passed(ms, signal) {
  return new Promise((go, stop) => {
    const timer = setTimeout(go, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), stop(signal.reason)), { once: true });
  });
}

function online(signal) {
  return new Promise((go, stop) => {
    addEventListener("online", go, { once: true, signal });
    signal.addEventListener("abort", () => stop(signal.reason), { once: true });
  });
}
