/*
 * Words of the pages: Chinese first, English second. `t("composer.send")` gives the word in the
 * language of the page; `{n}` in a text is filled from the values.
 */
import en from "./texts.en.js";
import zh from "./texts.zh.js";

const catalogues = { zh: { ...zh }, en: { ...en } };
const listeners = new Set();
const TIMES = new Set(["at", "due", "day"]);
const DAYS = /^(?:Today|Tomorrow|Yesterday)\b/; // capitals at the start of a text only
let current = "zh";

export const lang = () => current;

/** Adds an area's own texts: `addTexts({zh: {...}, en: {...}})`. */
export function addTexts({ zh: chinese = {}, en: english = {} }) {
  Object.assign(catalogues.zh, chinese);
  Object.assign(catalogues.en, english);
}

/** "zh" or "en"; anything else is ignored. Components with a `LangController` draw themselves again. */
export function setLang(value) {
  if (!(value in catalogues) || value === current) return;
  current = value;
  if (typeof document !== "undefined") document.documentElement.lang = value === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}

/** The wish ("zh", "en-GB", "") or else the browser's languages; Chinese when nothing is known. */
export function chooseLang(wish, languages = globalThis.navigator?.languages ?? []) {
  const tag = wish || languages[0] || "zh";
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function t(key, values = {}) {
  const text = catalogues[current][key] ?? catalogues.zh[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name, at) => {
    const value = String(values[name] ?? whole);
    return at > 0 && TIMES.has(name) ? value.replace(DAYS, (day) => day.toLowerCase()) : value;
  });
}

/** True when there is a text of this name. */
export const hasText = (key) => key in catalogues.zh;

/** Every key of one language, for the test that compares both. */
export const textKeys = (language) => Object.keys(catalogues[language]);

/** Lit controller: `new LangController(this)` in a constructor keeps a component in the page's language. */
export class LangController {
  constructor(host) {
    this.redraw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    listeners.add(this.redraw);
  }

  hostDisconnected() {
    listeners.delete(this.redraw);
  }
}
