/* A picture on its way up, with progress. XMLHttpRequest because `fetch` reports none for uploads. */
import { NoAnswer, Refused } from "../shared/errors.js";

const TYPES = ["image/jpeg", "image/png", "image/webp"];
export const ACCEPT = TYPES.join(",");

/** Text key of what is wrong with the file, or null. */
export function problemOf(file, limitBytes) {
  if (!TYPES.includes(file.type)) return "upload.wrong_type";
  if (file.size === 0) return "upload.empty";
  return file.size > limitBytes ? "upload.too_large" : null;
}

/** Resolves to `{upload_id, width, height}`; rejects with `Refused` or `NoAnswer`. `signal` cancels. */
export function uploadPicture({ file, token, signal, onProgress, path = "/api/widget/uploads" }) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", path);
    call.setRequestHeader("Authorization", `Bearer ${token}`);
    call.responseType = "json";
    call.timeout = 120_000;
    call.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    call.onload = () => (call.response?.ok ? resolve(call.response) : reject(new Refused(call.response?.error)));
    call.onerror = call.ontimeout = call.onabort = () => reject(new NoAnswer());
    signal?.addEventListener("abort", () => call.abort(), { once: true });
    call.send(formOf(file));
  });
}

function formOf(file) {
  const form = new FormData();
  form.append("file", file, file.name || "picture");
  return form;
}
