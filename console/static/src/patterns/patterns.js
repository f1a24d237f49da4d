/* Entry of the pattern page. `?theme=dark|light` and `?lang=en|zh` fix what is otherwise the browser's choice. */
import { chooseLang, setLang } from "../shared/i18n.js";
import "./patterns_page.js";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
setLang(chooseLang(query.get("lang") ?? document.querySelector("baton-patterns").getAttribute("lang") ?? ""));
