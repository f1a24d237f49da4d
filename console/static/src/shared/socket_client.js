/* Everything a page needs to talk to the desk without losing or doubling a message. */
export { openSocket, request, hint } from "./connection.js";
export { Conversation } from "./conversation.js";
export { ConversationLog } from "./conversation_log.js";
export { NoAnswer, NotConnected, Refused } from "./errors.js";
export { Outbox } from "./outbox.js";
