// What the desk pushes, and where it goes. Stored events come under their own names, so anything with a
// `seq` belongs to a log; the rest is listed here.

const PUSHED = {
  conversation_changed: (desk, { summary }) => desk.applySummary(summary),
  handoff_offered: offered,
  handoff_withdrawn: withdrawn,
  presence_changed: presenceChanged,
  promise_due: promiseDue,
  alarm: (desk, { kind, conversation_id }) =>
    desk.say(`alarm.${kind}`, { name: customerName(desk, conversation_id) }, "bad"),
  typing: (desk, hint) => whenOpen(desk, hint)?.peerTypes(hint),
  read_changed: (desk, hint) => whenOpen(desk, hint)?.peerRead(hint),
  context_changed: (desk, hint) => whenOpen(desk, hint)?.staleDetails(),
};

export function listen(desk, socket) {
  socket.on("connect", () => desk.arrived());
  socket.on("disconnect", () => desk.lostLine());
  socket.on("connect_error", (error) => refusedLine(desk, error));
  socket.onAny((name, message) => take(desk, name, message ?? {}));
}

function take(desk, name, message) {
  if (Number.isInteger(message.seq) && message.type === name) return whenOpen(desk, message)?.receive(message);
  return PUSHED[name]?.(desk, message);
}

function whenOpen(desk, { conversation_id }) {
  return desk.open?.id === conversation_id ? desk.open : null;
}

function refusedLine(desk, error) {
  if (error?.data?.code === "not_signed_in" || error?.message === "not_signed_in") desk.meState = "signed_out";
  desk.lostLine();
}

function offered(desk, offer) {
  if (offer.summary) desk.applySummary(offer.summary);
  desk.offers.add(offer);
  desk.changed();
  desk.dispatchEvent(new CustomEvent("offer", { detail: offer }));
}

function withdrawn(desk, { conversation_id, taken_by }) {
  const offer = desk.offers.remove(conversation_id);
  const winner = typeof taken_by === "string" ? taken_by : taken_by?.name;
  if (offer && winner && winner !== desk.me.name) desk.say("offer.taken", { name: winner });
  desk.changed();
}

function presenceChanged(desk, { agent_id, status, open }) {
  if (agent_id === desk.me.id) desk.presence = status;
  desk.agents = desk.agents.map((agent) =>
    agent.id === agent_id ? { ...agent, status, open: open ?? agent.open } : agent,
  );
  desk.changed();
}

function promiseDue(desk, { promise }) {
  desk.say("promise.due_soon", { text: promise.text }, "bad");
  if (promise.conversation_id === desk.open?.id) desk.open.staleDetails();
}

function customerName(desk, id) {
  return desk.book.get(id)?.customer?.name ?? "";
}
