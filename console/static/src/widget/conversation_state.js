/* Where the conversation stands, as the customer may know it: folded from events, corrected by snapshots. */

/** `coming`: the colleague to whom an agent has handed on, until somebody is there. */
export const initialState = Object.freeze({ state: "with_bot", agent: null, coming: null, position: null, etaS: null });

const NOBODY_WAITED_FOR = { coming: null, position: null, etaS: null };
const withAgent = (event) => ({ ...NOBODY_WAITED_FOR, state: "with_agent", agent: { name: event.body.name ?? event.actor.name } });
const withBot = () => ({ ...NOBODY_WAITED_FOR, state: "with_bot", agent: null });
const handedOn = ({ body: { to_name: name } }) => ({ state: name ? "offered" : "queued", agent: null, coming: name ?? null, position: null });

const CHANGES = {
  handoff_requested: (event) => ({ state: "queued", position: event.body?.position ?? null }),
  handoff_cancelled: withBot,
  agent_joined: withAgent,
  conversation_transferred: handedOn,
  returned_to_bot: withBot,
  conversation_resolved: () => ({ ...NOBODY_WAITED_FOR, state: "resolved" }),
};

/** The state after one stored event. */
export function after(state, event) {
  const change = CHANGES[event.type]?.(event);
  return change ? { ...state, ...change } : state;
}

/** The state as the desk names it after `catch_up`. */
export function fromSnapshot(state, snapshot = {}) {
  const now = snapshot.state ?? state.state;
  return {
    ...state,
    state: now,
    coming: now === "offered" ? state.coming : null,
    agent: "agent" in snapshot ? snapshot.agent : state.agent,
    position: "position" in snapshot ? snapshot.position : state.position,
  };
}

/** True while a person is on the way or here: the offer of a person makes no sense then. */
export const isWithPeople = ({ state }) => ["queued", "offered", "with_agent", "wrap_up"].includes(state);
export const isWaiting = ({ state }) => state === "queued" || state === "offered";
export const isClosed = ({ state }) => state === "resolved";
