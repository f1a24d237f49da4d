/* The widget in every state, over a conversation that stands still. */
import { Conversation } from "../shared/conversation.js";
import { NotConnected } from "../shared/errors.js";
import { initialState } from "../widget/conversation_state.js";
import "../widget/widget_app.js";
import { cards, messages } from "./fixtures.js";

class StillChat extends EventTarget {
  isLoaded = true;
  previews = new Map();
  typing = null;
  readSeq = 0;

  constructor({ events = [], state = {}, line = "online", engine = "ready", typing = null, pending = [] }) {
    super();
    Object.assign(this, { id: "c1", line, engine, typing, state: { ...initialState, ...state } });
    this.conversation = new Conversation({
      scope: "patterns",
      storage: null,
      isOwn: (event) => event.actor.kind === "customer",
      fetchAfter: async () => ({ events: [], head: 0 }),
      send: async () => {
        throw new NotConnected();
      },
    });
    this.conversation.log.events.push(...events);
    this.conversation.outbox.items.push(...pending);
  }

  get events() {
    return this.conversation.log.events;
  }

  get lastSeq() {
    return this.events.length;
  }

  read() {}
  sayTyping() {}
  post() {}
  press() {}
  askPerson() {}
}

class StillBridge extends EventTarget {
  hasPage = true;
  tell() {}
}

function model(parts = {}, extra = {}) {
  const still = new EventTarget();
  return Object.assign(still, {
    phase: "ready",
    chat: new StillChat(parts),
    bridge: new StillBridge(),
    session: { info: { customer: { name: "", verified: false }, limits: {} }, token: "" },
    earlier: [],
    unreadAfter: null,
    isOpen: false,
    unread: 0,
    reopen() {},
    goOn() {},
    setContext() {},
    ...extra,
  });
}

function thread() {
  const all = messages();
  const pick = (title) => all.find((one) => one.title === title).event;
  const list = [
    pick("own, sent"),
    { ...pick("bot"), body: { kind: "card", text: pick("bot").body.text, card: cards().parcel_trace } },
    pick("bot, buttons"),
    { ...pick("own, read"), body: { kind: "text", text: "✓", button_id: "b1" } },
  ];
  return list.map((event, index) => ({ ...event, seq: index + 1, prev: index }));
}

const pendingItem = (state, text) => ({ client_msg_id: text, name: "post_message", payload: { body: { kind: "text", text } }, state, created_at: "2026-03-04T06:07:00Z", tries: 0 });
const agent = { name: "林晓" };

export const widgetStates = () => ({
  empty: model(),
  "with the bot": model({ events: thread(), typing: { kind: "bot", name: "" } }),
  "line lost": model({ events: thread().slice(0, 1), line: "lost", pending: [pendingItem("sending", "还在吗?")] }),
  "not sent": model({ events: thread().slice(0, 1), pending: [pendingItem("failed", "这条没有发出去")] }),
  "engine starting": model({ engine: "starting" }),
  "engine down": model({ events: thread().slice(0, 1), engine: "down" }),
  queued: model({ events: thread().slice(0, 2), state: { state: "queued", position: 3, etaS: 200 } }),
  "with an agent": model({ events: [...thread(), { ...messages()[3].event, seq: 5, prev: 4 }], state: { state: "with_agent", agent }, typing: { kind: "agent", name: agent.name } }),
  unread: model({ events: thread() }, { unreadAfter: 1 }),
  closed: model({ events: thread().slice(0, 2), state: { state: "resolved" } }),
  "about an order": model({}, { context: { order_no: "20260301880017" } }),
  failed: model({}, { phase: "failed" }),
  refused: model({}, { phase: "refused", chat: null }),
});
