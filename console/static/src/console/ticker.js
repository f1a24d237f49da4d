// One timer for every running clock of the page; it stops when nobody looks.

const listeners = new Set();
let timer = null;

function tick() {
  const now = Date.now();
  for (const listener of listeners) listener(now);
}

/** Lit controller: redraws its host every second while it is connected. */
export class TickController {
  constructor(host) {
    this.redraw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    listeners.add(this.redraw);
    timer ??= setInterval(tick, 1000);
  }

  hostDisconnected() {
    listeners.delete(this.redraw);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = null;
  }
}
