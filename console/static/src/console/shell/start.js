// Puts the console together: one desk for the page, fed by one socket.
import { lang } from "../../shared/i18n.js";
import { openSocket } from "../../shared/socket_client.js";
import "../dialogs/card.js";
import "../dialogs/help.js";
import "../dialogs/price_protection.js";
import "../dialogs/promise.js";
import "../dialogs/resolve.js";
import "../dialogs/return.js";
import "../dialogs/return_to_bot.js";
import "../dialogs/reveal.js";
import "../dialogs/step.js";
import "../dialogs/transfer.js";
import { Api } from "../model/api.js";
import { Desk } from "../model/desk.js";
import { applyPreferences } from "./preferences.js";

const desk = new Desk({
  api: new Api(),
  openSocket: () => openSocket({ namespace: "/agent", auth: () => ({ lang: lang() }) }),
  storage: localStorage,
  session: sessionStorage,
});
// The language of the agent's own record counts when this browser has no choice of its own.
desk.addEventListener("change", () => desk.me && applyPreferences(desk.me.lang), { once: true });

const app = document.querySelector("console-app");
app.desk = desk;
import("./app.js"); // defined last, so that it starts with its desk
