import { Trouble } from "./trouble.js";

const SILENCE_MS = 40_000; // the server sends a line at least every 15 s

/** The events of a server's stream, each with its name and its data. Ends when the stream does; throws a Trouble when it breaks. */
export async function* events(body, signal) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = "";
  try {
    for (;;) {
      const { done, value } = await next(reader, signal);
      if (done) return;
      const blocks = (held + decoder.decode(value, { stream: true })).replace(/\r\n?/g, "\n").split("\n\n");
      held = blocks.pop();
      yield* blocks.map(parsed).filter(Boolean);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function next(reader, signal) {
  let timer;
  const silence = new Promise((_go, stop) => (timer = setTimeout(() => stop(new Trouble("slow", "slow")), SILENCE_MS)));
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    throw signal?.aborted || error instanceof Trouble ? error : new Trouble("lost", "lost");
  } finally {
    clearTimeout(timer);
  }
}

function parsed(block) {
  const fields = block
    .split("\n")
    .map((line) => line.match(/^(event|data): ?(.*)$/))
    .filter(Boolean);
  const data = fields.filter(([, name]) => name === "data").map(([, , value]) => value);
  if (!data.length) return null; // a comment, to keep the line open
  return { name: fields.find(([, name]) => name === "event")?.[2] ?? "message", data: JSON.parse(data.join("\n")) };
}
