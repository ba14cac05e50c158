const TELL_EVERY_S = 5;
const PATIENCE_MS = 8_000;
const RENEW_BEFORE_S = 30;
const NARROW = "(max-width: 50rem)"; // where the tutor covers the page, as player.css has it

/** All that the page and the tutor say to each other. `follow` goes where a source stands. */
export function startTutor({ page, talk, follow }) {
  if (!document.querySelector("script[data-api]")) return;
  const tutor = () => document.querySelector("navigator-tutor");
  notice(page);
  listen({ page, follow, tutor });
  if (talk) report({ page, video: talk.video, tutor });
  if (page.lifeS) signIn({ page, tutor });
}

/** Tells whoever waits for the tutor in vain; takes that back when it comes after all. */
function notice(page) {
  const missing = () => tell(page.noTutor);
  const late = setTimeout(missing, PATIENCE_MS);
  const here = () => (clearTimeout(late), tell(""));
  addEventListener("load", () => "mount" in Navigator || missing());
  document.addEventListener("navigator:ready", here, { once: true });
  if (document.querySelector("navigator-tutor")?.shadowRoot) here(); // it was quicker than this script
}

/** Says something above the page, or with nothing to say takes that away. */
export function tell(text) {
  const status = document.querySelector(".notice");
  status.textContent = text;
  status.hidden = !text;
}

function listen({ page, follow, tutor }) {
  document.addEventListener("navigator:source_click", (event) => {
    const { detail } = event;
    event.preventDefault(); // the page goes there itself, whatever address the source has
    if (matchMedia(NARROW).matches) tutor()?.close();
    tell("");
    follow({ doc: detail.doc, anchor: detail.anchor ?? null, position_s: detail.position_s ?? null });
  });
  for (const state of ["open", "close"]) document.addEventListener(`navigator:${state}`, () => document.body.classList.toggle("asking", state === "open"));
  document.addEventListener("navigator:error", ({ detail }) => detail.code === "not_loaded" && tell(page.noTutor));
}

/** Tells the tutor where the video stands: every few seconds while it plays, and at once when it stops or is sought in. */
function report({ page, video, tutor }) {
  let told = null;
  const send = () => tutor()?.setContext?.({ lesson: page.lesson, course: page.course, position_s: told });
  const now = () => {
    if (told === Math.round(video.currentTime)) return;
    told = Math.round(video.currentTime);
    send();
  };
  video.addEventListener("timeupdate", () => Math.abs(video.currentTime - told) >= TELL_EVERY_S && now());
  for (const name of ["seeked", "pause"]) video.addEventListener(name, now);
  document.addEventListener("navigator:ready", () => told !== null && send());
}

/** Keeps the tutor signed in as whoever is at the computer, with another token before each runs out. */
function signIn({ page, tutor }) {
  const who = document.querySelector(".who select");
  let signedIn = who.value;
  let timer;

  const renew = async () => {
    clearTimeout(timer);
    const form = new URLSearchParams({ pupil: who.value, doc: page.doc ?? "", locale: page.locale });
    try {
      const response = await fetch("/token", { method: "POST", body: form });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { token, life_s } = await response.json();
      if (form.get("pupil") !== who.value) return; // somebody else sat down meanwhile, and has a token of their own coming
      signedIn = form.get("pupil");
      tutor()?.setToken?.(token);
      tell("");
      wait(life_s);
    } catch {
      if (form.get("pupil") !== signedIn) tutor()?.setToken?.(null); // whoever sat there before has gone
      tell(page.noToken);
    }
  };
  const wait = (life_s) => (timer = setTimeout(renew, Math.max(life_s - RENEW_BEFORE_S, life_s / 2) * 1000));

  who.addEventListener("change", renew);
  document.addEventListener("navigator:error", ({ detail }) => detail.code === "token_expired" && renew());
  wait(Number(page.lifeS));
}
