/*
 * The one script a shop embeds: <script src="https://desk/widget.js" data-key="…" async></script>
 *
 * A launcher button in its own shadow root and, when needed, an iframe from the desk. The page
 * drives it through `window.baton`; nothing of the conversation is readable from the page.
 * No library, no inline style: it works under the page's own strict CSP.
 */
import { loaderStyles } from "./loader_styles.js";
import { loaderTexts } from "./loader_texts.js";

const script = document.currentScript;
const desk = new URL(script.src).origin;
const options = { key: script.dataset.key ?? "", lang: script.dataset.lang ?? "", theme: script.dataset.theme ?? "" };
const texts = loaderTexts(options.lang);

/** Where pages remember that this browser has talked to us, so that answers can be announced. */
const USED_KEY = `baton.used.${options.key}`;
/** Values the frame asks the page to keep when the browser forbids the frame its own storage. */
const KEPT_KEY = `baton.kept.${options.key}`;

class Launcher {
  isOpen = false;
  unread = 0;
  jwt = null;
  context = null;
  frame = null;
  frameReady = false;
  onExpired = null;

  constructor() {
    this.host = document.createElement("div");
    this.root = this.host.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [sheet(loaderStyles)];
    this.#drawButton();
    document.body.append(this.host);
    window.addEventListener("message", (event) => this.#hear(event));
    if (remembered(USED_KEY)) this.#load();
  }

  open() {
    this.#load();
    remember(USED_KEY, "1");
    this.#show(true);
    this.frame.focus();
  }

  close() {
    this.#show(false);
    this.button.focus();
  }

  identify(jwt) {
    this.jwt = jwt ?? null;
    this.#tell({ type: "identify", jwt: this.jwt });
  }

  setContext(context) {
    this.context = context ?? {};
    this.#tell({ type: "context", context: this.context });
  }

  #drawButton() {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "launcher";
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.badge = document.createElement("span");
    this.badge.className = "badge";
    this.badge.hidden = true;
    this.button.append(bubbleIcon(), this.badge);
    this.root.append(this.button);
    this.#label();
  }

  #label() {
    this.badge.hidden = this.unread === 0 || this.isOpen;
    this.badge.textContent = this.unread > 99 ? "99+" : String(this.unread);
    const label = this.isOpen ? texts.close : this.unread > 0 ? texts.unread.replace("{n}", this.unread) : texts.open;
    this.button.setAttribute("aria-label", label);
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.button.classList.toggle("open", this.isOpen);
  }

  #load() {
    if (this.frame) return;
    this.frame = document.createElement("iframe");
    this.frame.className = "panel";
    this.frame.title = texts.title;
    this.frame.hidden = true;
    this.frame.src = `${desk}/widget/frame?${new URLSearchParams(options)}`;
    this.root.prepend(this.frame);
  }

  #show(isOpen) {
    this.isOpen = isOpen;
    if (this.frame) this.frame.hidden = !isOpen;
    document.documentElement.classList.toggle("baton-open", isOpen);
    this.#label();
    this.#tell({ type: isOpen ? "opened" : "closed" });
  }

  #tell(message) {
    if (this.frameReady) this.frame.contentWindow.postMessage({ baton: 1, ...message }, desk);
  }

  /** Only our frame, from the desk's origin, is heard. */
  #hear({ origin, source, data }) {
    if (origin !== desk || !this.frame || source !== this.frame.contentWindow || data?.baton !== 1) return;
    const heard = {
      ready: () => this.#greet(),
      unread: () => this.#count(Number(data.n) || 0),
      close: () => this.close(),
      "token-expired": () => this.#renewToken(),
      keep: () => this.#keep(data.values),
    }[data.type];
    heard?.();
  }

  #greet() {
    this.frameReady = true;
    const kept = JSON.parse(remembered(KEPT_KEY) ?? "{}");
    this.#tell({ type: "hello", jwt: this.jwt, context: this.context, open: this.isOpen, kept });
  }

  #count(n) {
    this.unread = n;
    this.#label();
  }

  async #renewToken() {
    try {
      this.jwt = (await this.onExpired?.()) ?? null;
    } catch {
      this.jwt = null;
    }
    this.#tell({ type: "renewed", jwt: this.jwt });
  }

  #keep(values) {
    remember(KEPT_KEY, JSON.stringify(values ?? {}));
  }
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page's storage is forbidden: the chat works, only its memory is shorter.
  }
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

function bubbleIcon() {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const drawings = {
    talk: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Zm3 6h.01M12 11h.01M16 11h.01",
    shut: "m6 9 6 6 6-6",
  };
  for (const [name, drawing] of Object.entries(drawings)) {
    const path = document.createElementNS(ns, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", drawing);
    svg.append(path);
  }
  return svg;
}

/** Calls made before the page's body exists are kept and played afterwards. */
function publish() {
  const waiting = [];
  let launcher = null;
  const later = (work) => (launcher ? work(launcher) : waiting.push(work));
  window.baton = Object.freeze({
    open: () => later((one) => one.open()),
    close: () => later((one) => one.close()),
    identify: (jwt) => later((one) => one.identify(jwt)),
    onTokenExpired: (callback) => later((one) => (one.onExpired = callback)),
    setContext: (context) => later((one) => one.setContext(context)),
  });
  const start = () => {
    launcher = new Launcher();
    for (const work of waiting.splice(0)) work(launcher);
    window.dispatchEvent(new Event("baton:ready"));
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start, { once: true });
}

if (!window.baton) publish();
