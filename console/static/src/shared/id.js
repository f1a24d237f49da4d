/*
 * Ids that the browser makes: of messages, and of wishes that must be carried out once.
 *
 * UUIDv7, for two reasons. They grow with time, so the desk's index of them grows at its end. And
 * `crypto.randomUUID` does not exist on pages without https, where shops try the widget first.
 */
export { v7 as newId } from "uuid";
