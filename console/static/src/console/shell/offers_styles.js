// Look of the ringing handoffs.
import { css } from "lit";

export const offersStyles = css`
  :host {
    position: fixed;
    z-index: 30;
    top: 60px;
    right: var(--s-4);
    display: grid;
    gap: var(--s-3);
    width: min(380px, calc(100vw - 24px));
  }
  article {
    overflow: hidden;
    border: 2px solid var(--accent);
    border-radius: var(--r-l);
    background: var(--raised);
    box-shadow: var(--shadow-3);
    font-size: var(--f-s);
    line-height: 1.5;
    animation: arrive var(--calm) ease-out;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-10px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    article {
      animation: none;
    }
  }
  .top {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    padding: var(--s-3) var(--s-4) 0;
    font-size: var(--f-m);
  }
  .top b {
    flex: 1;
  }
  .left {
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .body {
    display: grid;
    gap: 4px;
    padding: var(--s-2) var(--s-4);
  }
  q {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  progress {
    display: block;
    width: 100%;
    height: 4px;
    appearance: none;
    border: 0;
    background: var(--sunken);
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    transition: width 1s linear;
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  .acts {
    display: flex;
    gap: var(--s-2);
    padding: var(--s-2) var(--s-4) var(--s-3);
  }
  .acts .primary {
    flex: 1;
  }
  kbd {
    padding: 0 5px;
    border: 1px solid currentColor;
    border-radius: 4px;
    font: 11px/15px var(--font-figures);
  }
  /* Over the end of the panel: the brief and the actions of the open conversation stay in reach. */
  @media (min-width: 1100px) {
    :host {
      inset: auto 12px 12px auto;
      width: 312px;
    }
  }
  @media (min-width: 1500px) {
    :host {
      width: 356px;
    }
  }
  @media (max-width: 640px) {
    :host {
      inset: auto 12px 12px;
    }
  }
`;
