const UNITS = [
  ["retry_h", 3600, 5400],
  ["retry_min", 60, 90],
  ["retry_s", 1, 0],
];

/** Keeps a "try again" button out of use for so many seconds, which it counts down in seconds, minutes or hours. */
export function countDown(button, seconds, voice) {
  if (!seconds) return;
  const until = Date.now() + seconds * 1000;
  const timer = setInterval(() => (button.isConnected ? show() : clearInterval(timer)), 1000);
  show();

  function show() {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    if (left <= 0) {
      clearInterval(timer);
      return voice.rephrase(button, "retry");
    }
    const [key, unit] = UNITS.find(([, , from]) => left > from);
    voice.rephrase(button, key, Math.ceil(left / unit));
  }
}
