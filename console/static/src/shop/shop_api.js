/* What the demo shop asks its own server. */

async function call(path, options = {}) {
  const response = await fetch(path, { credentials: "omit", ...options });
  const reply = await response.json();
  if (!reply.ok) throw new Error(reply.error?.message ?? `HTTP ${response.status}`);
  return reply;
}

const inLang = (path, lang) => `${path}?lang=${lang}`;

export const fetchProducts = async (lang) => (await call(inLang("/demo/products", lang))).products;
export const fetchCustomers = async (lang) => (await call(inLang("/demo/customers", lang))).customers;

export const fetchOrders = async (jwt, lang) =>
  (await call(inLang("/demo/orders", lang), { headers: { Authorization: `Bearer ${jwt}` } })).orders;

export async function signIn(customerNo) {
  const body = JSON.stringify({ customer_no: customerNo });
  return (await call("/demo/sign-in", { method: "POST", headers: { "Content-Type": "application/json" }, body })).jwt;
}
