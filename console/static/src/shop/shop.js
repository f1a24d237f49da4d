/* Entry of the demo shop. The desk is met only through `window.baton`, as in any other shop. */
import "./shop_language.js"; // first: the components ask for goods in the page's language
import "./shop_app.js";
