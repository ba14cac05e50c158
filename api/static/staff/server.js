import { say } from "./dom.js";

/** The server as the page sees it: each request with the token, each failure in plain words. */

const KEPT = "navigator-staff-token";
let signedOut = () => {};

export const token = () => sessionStorage.getItem(KEPT);
export const keep = (value) => sessionStorage.setItem(KEPT, value);
export const forget = () => sessionStorage.removeItem(KEPT);
export const whenSignedOut = (listener) => (signedOut = listener);

/** A request that did not succeed; `message` is for people. */
export class Trouble extends Error {
  constructor(status, body) {
    super(inWords(status, body?.error ?? {}));
    this.status = status;
  }
}

function inWords(status, { code, message = "" }) {
  if (status === 0) return say("trouble_offline");
  if (status === 422 || code === "conflict") return say("trouble_422", message);
  if ([401, 404, 409, 413, 429].includes(status)) return say(`trouble_${status}`);
  return say("trouble_500");
}

export async function ask(method, path) {
  if (!/^[\x21-\x7e]+$/.test(token())) throw troubled(401); // no header can carry anything else
  const response = await fetch(path, { method, headers: { Authorization: `Bearer ${token()}` } }).catch(() => {
    throw new Trouble(0);
  });
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  throw troubled(response.status, body);
}

/** Sends files as [{file, path}]; `onProgress` hears hundredths of the body. */
export function upload(files, trial, onProgress) {
  const form = new FormData();
  form.append("dry_run", trial);
  for (const { file, path } of files) form.append("files", file, path);
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
  request.open("POST", "v1/documents");
  request.setRequestHeader("Authorization", `Bearer ${token()}`);
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / (total || 1)));
  return new Promise((resolve, reject) => {
    request.onload = () => (request.status === 202 ? resolve(request.response) : reject(troubled(request.status, request.response)));
    request.onerror = () => reject(new Trouble(0));
    request.send(form);
  });
}

function troubled(status, body) {
  if (status === 401) signedOut();
  return new Trouble(status, body);
}
