/** A lesson's video with its words beside it: a line seeks when it is pressed, and is marked while it is said. Null where there is no video. */
export function startTalk(theatre) {
  if (!theatre) return null;
  const video = theatre.querySelector("video");
  const list = theatre.querySelector("ol");
  const track = theatre.querySelector("track");
  const lines = new Map();

  const seek = (seconds) => {
    video.currentTime = seconds;
    video.play().catch(() => {}); // a browser may want a press on the video first: it then stands at the right second
    video.scrollIntoView({ block: "nearest" });
  };

  const write = () => {
    for (const cue of track.track.cues ?? []) lines.set(cue, line(cue, seek));
    list.replaceChildren(...lines.values());
  };

  const say = () => {
    const cue = track.track.activeCues?.[0];
    if (!cue) return; // between two lines the last one stays marked
    for (const one of list.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    const item = lines.get(cue);
    item?.firstElementChild.setAttribute("aria-current", "true");
    if (item && !isRead(list)) list.scrollTop = item.offsetTop - list.clientHeight / 3;
  };

  const excuse = () => list.replaceChildren(element("li", "none", list.dataset.none));

  track.addEventListener("load", write);
  track.addEventListener("error", excuse);
  track.track.addEventListener("cuechange", say);
  if (track.readyState === HTMLTrackElement.LOADED) write();
  if (track.readyState === HTMLTrackElement.ERROR) excuse();
  video.addEventListener("timeupdate", () => {
    theatre.querySelector(".clock").textContent = clock(video.currentTime);
    const last = [...lines.keys()].at(-1);
    if (last && !video.paused && video.currentTime > last.endTime + 1) video.pause(); // the picture is longer than the talk
  });
  return { video, seek };
}

/** Whether somebody looks for a line, who would lose their place. */
const isRead = (list) => list.matches(":has(:focus-visible)") || (matchMedia("(hover: hover)").matches && list.matches(":hover"));

function line(cue, seek) {
  const words = document.createElement("button");
  words.type = "button";
  words.append(element("span", "at", clock(cue.startTime)), element("span", "words", cue.getCueAsHTML().textContent.replace(/\s+/g, joint(cue))));
  words.addEventListener("click", () => seek(cue.startTime));
  const item = document.createElement("li");
  item.append(words);
  return item;
}

/** What stands between two lines of a cue: nothing in Chinese. */
const joint = (cue) => (/\p{Script=Han}/u.test(cue.text) ? "" : " ");

function element(name, className, textContent) {
  return Object.assign(document.createElement(name), { className, textContent });
}

/** 65 as 1:05. */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
