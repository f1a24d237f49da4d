// Language and theme, kept in the browser and put on the page's root element.
import { chooseLang, setLang } from "../../shared/i18n.js";

const LANG_KEY = "baton.lang";
const THEME_KEY = "baton.theme";
export const THEMES = ["auto", "light", "dark"];

const read = (key) => {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};
const write = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden storage: the choice lasts as long as the page.
  }
};

/** What the person chose before, else what the server says, else the browser's language. */
export function applyPreferences(serverLang = "") {
  setLang(chooseLang(read(LANG_KEY) || serverLang));
  applyTheme(theme());
}

export function keepLang(lang) {
  write(LANG_KEY, lang);
  setLang(lang);
}

export const theme = () => (THEMES.includes(read(THEME_KEY)) ? read(THEME_KEY) : "auto");

export function keepTheme(value) {
  write(THEME_KEY, value);
  applyTheme(value);
}

function applyTheme(value) {
  if (value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}
