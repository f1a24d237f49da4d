/* Launcher and panel on a foreign page: fixed, above everything, full screen on a phone. */
export const loaderStyles = `
:host {
  all: initial;
}
.launcher {
  position: fixed;
  inset: auto 20px 20px auto;
  z-index: 2147483000;
  display: grid;
  place-items: center;
  width: 56px;
  height: 56px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: #0b6b60;
  color: #fff;
  box-shadow: 0 2px 6px rgb(20 30 28 / 20%), 0 10px 28px rgb(20 30 28 / 24%);
  cursor: pointer;
  transition: transform 120ms, background 120ms;
}
.launcher:hover {
  background: #085a51;
  transform: translateY(-1px);
}
.launcher:focus-visible {
  outline: 3px solid #1a5fd0;
  outline-offset: 3px;
  box-shadow: 0 0 0 3px #fff;
}
svg {
  width: 28px;
  height: 28px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.8;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.launcher.open .talk,
.launcher:not(.open) .shut {
  display: none;
}
.badge {
  position: absolute;
  inset: -4px -4px auto auto;
  box-sizing: border-box;
  min-width: 22px;
  height: 22px;
  padding: 0 6px;
  border: 2px solid #fff;
  border-radius: 11px;
  background: #b42318;
  color: #fff;
  font: 600 12px/18px system-ui, sans-serif;
  text-align: center;
}
.badge[hidden],
.panel[hidden] {
  display: none;
}
.panel {
  position: fixed;
  inset: auto 20px 88px auto;
  z-index: 2147483001;
  width: 400px;
  height: min(680px, calc(100vh - 112px));
  height: min(680px, calc(100dvh - 112px));
  border: 0;
  border-radius: 18px;
  background: Canvas;
  box-shadow: 0 6px 16px rgb(20 30 28 / 14%), 0 24px 64px rgb(20 30 28 / 22%);
  color-scheme: normal;
}
@media (max-width: 520px), (max-height: 480px) {
  .panel {
    inset: 0;
    width: 100%;
    height: 100%;
    border-radius: 0;
  }
  .launcher.open {
    display: none;
  }
}
@media (prefers-reduced-motion: reduce) {
  .launcher {
    transition: none;
  }
}
@media print {
  .launcher,
  .panel {
    display: none;
  }
}
`;
