/* Who is shopping, and what the chat widget is told about it. */
import { signIn } from "./shop_api.js";

const KEY = "shop.customer";

export class Shopper extends EventTarget {
  customerNo = sessionStorage.getItem(KEY);
  jwt = null;

  constructor() {
    super();
    withBaton((baton) => baton.onTokenExpired(() => this.renew()));
  }

  /** Signs in whoever was signed in before the page was loaded. */
  async resume() {
    if (this.customerNo) await this.become(this.customerNo).catch(() => this.leave());
  }

  async become(customerNo) {
    const jwt = await signIn(customerNo);
    sessionStorage.setItem(KEY, customerNo);
    Object.assign(this, { customerNo, jwt });
    withBaton((baton) => baton.identify(jwt));
    this.dispatchEvent(new Event("change"));
  }

  leave() {
    sessionStorage.removeItem(KEY);
    Object.assign(this, { customerNo: null, jwt: null });
    withBaton((baton) => baton.identify(null));
    this.dispatchEvent(new Event("change"));
  }

  /** A fresh token for the same customer: the widget asks when the old one has run out. */
  async renew() {
    if (!this.customerNo) return null;
    this.jwt = await signIn(this.customerNo);
    return this.jwt;
  }
}

/** The loader comes asynchronously; until then calls wait. */
export function withBaton(work) {
  if (window.baton) work(window.baton);
  else window.addEventListener("baton:ready", () => work(window.baton), { once: true });
}

export function ask(context) {
  withBaton((baton) => {
    baton.setContext(context);
    baton.open();
  });
}
