/* Entry of the frame: reads what the page was opened with and puts the parts together. */
import { chooseLang, setLang } from "../shared/i18n.js";
import { KeptStorage, ownStorage } from "./kept_storage.js";
import { PageBridge } from "./page_bridge.js";
import { Session } from "./session.js";
import "./widget_app.js";
import { WidgetModel } from "./widget_model.js";

const query = new URLSearchParams(location.search);
const app = document.querySelector("baton-widget");
const allowed = (app.getAttribute("origins") ?? "").split(" ").filter(Boolean);

function useTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

async function start() {
  useTheme(query.get("theme"));
  setLang(chooseLang(query.get("lang") ?? ""));
  const bridge = new PageBridge({ allowed });
  const greeting = await bridge.greet();
  const storage = ownStorage() ?? new KeptStorage(greeting.kept, (values) => bridge.tell("keep", { values }));
  const session = new Session({
    key: query.get("key") ?? "",
    storage,
    origin: bridge.origin ?? location.origin,
    renewToken: () => bridge.renewToken(),
    onRenewed: () => model.reopen(),
  });
  session.lang = chooseLang(query.get("lang") ?? "");
  const model = new WidgetModel({ session, storage, bridge });
  app.model = model;
  await model.start(greeting);
  if (greeting.open) app.focusComposer();
}

start();
