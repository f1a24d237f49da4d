// Entry of the console's pages: the sign-in page or the desk itself, whichever element the page holds.
import { addTexts } from "../shared/i18n.js";
import { applyPreferences } from "./shell/preferences.js";
import en from "./texts.en.js";
import zh from "./texts.zh.js";

addTexts({ zh, en });
applyPreferences(document.documentElement.lang);

if (document.querySelector("sign-in")) import("./shell/sign_in.js");
if (document.querySelector("console-app")) import("./shell/start.js");
