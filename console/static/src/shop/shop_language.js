/* The shop's words, in the language the page was asked for. */
import { addTexts, chooseLang, setLang } from "../shared/i18n.js";
import { shopTexts } from "./shop_texts.js";

addTexts(shopTexts);
setLang(chooseLang(document.querySelector("baton-shop").getAttribute("lang") ?? ""));
