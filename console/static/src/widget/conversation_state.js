/* Where the conversation stands, as the customer may know it: folded from events, corrected by snapshots. */

export const initialState = Object.freeze({ state: "with_bot", agent: null, position: null, etaS: null });

const withAgent = (event) => ({ state: "with_agent", agent: { name: event.body.name ?? event.actor.name }, position: null, etaS: null });
const withBot = () => ({ state: "with_bot", agent: null, position: null, etaS: null });

const CHANGES = {
  handoff_requested: (event) => ({ state: "queued", position: event.body?.position ?? null }),
  handoff_cancelled: withBot,
  agent_joined: withAgent,
  conversation_transferred: (event) => ({ state: event.body.to_name ? "offered" : "queued", agent: null, position: null }),
  returned_to_bot: withBot,
  conversation_resolved: () => ({ state: "resolved", position: null, etaS: null }),
};

/** The state after one stored event. */
export function after(state, event) {
  const change = CHANGES[event.type]?.(event);
  return change ? { ...state, ...change } : state;
}

/** The state as the desk names it after `catch_up`. */
export function fromSnapshot(state, snapshot = {}) {
  return {
    ...state,
    state: snapshot.state ?? state.state,
    agent: "agent" in snapshot ? snapshot.agent : state.agent,
    position: "position" in snapshot ? snapshot.position : state.position,
  };
}

/** True while a person is on the way or here: the offer of a person makes no sense then. */
export const isWithPeople = ({ state }) => ["queued", "offered", "with_agent", "wrap_up"].includes(state);
export const isWaiting = ({ state }) => state === "queued" || state === "offered";
export const isClosed = ({ state }) => state === "resolved";
