/* "The customer is typing": said at most every three seconds, taken back after five of silence. */

const AGAIN_MS = 3_000;
const SILENCE_MS = 5_000;

export class TypingSign {
  #said = 0;
  #timer = null;

  constructor(say, now = () => Date.now()) {
    this.say = say;
    this.now = now;
  }

  /** One keystroke; `hasText` false means the field is empty again. */
  stroke(hasText) {
    clearTimeout(this.#timer);
    if (!hasText) return this.stop();
    this.#timer = setTimeout(() => this.stop(), SILENCE_MS);
    if (this.now() - this.#said < AGAIN_MS) return;
    this.#said = this.now();
    this.say(true);
  }

  stop() {
    clearTimeout(this.#timer);
    if (this.#said === 0) return;
    this.#said = 0;
    this.say(false);
  }
}
