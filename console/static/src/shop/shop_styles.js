/* The look of the demo shop: paper, quiet type, one accent. */
import { css } from "lit";

export const frameStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    min-height: 100dvh;
    color: var(--text);
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  .strip {
    padding: var(--s-1) var(--s-4);
    background: var(--sunken);
    color: var(--text-soft);
    font-size: var(--f-xs);
    text-align: center;
  }
  header {
    position: sticky;
    top: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2) var(--s-4);
    align-items: center;
    padding: var(--s-2) max(var(--s-4), calc((100% - 1120px) / 2));
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  header a {
    color: inherit;
    text-decoration: none;
  }
  .brand {
    display: flex;
    gap: var(--s-2);
    align-items: center;
    font-size: var(--f-l);
    font-weight: 700;
    letter-spacing: 0.04em;
    white-space: nowrap;
  }
  .mark {
    display: grid;
    place-items: center;
    width: 34px;
    height: 34px;
    border-radius: var(--r-m);
    background: var(--accent);
    color: var(--on-accent);
  }
  nav {
    display: flex;
    gap: var(--s-1);
    margin-inline-end: auto;
  }
  nav a {
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-m);
    color: var(--text-soft);
  }
  nav a:hover {
    background: var(--sunken);
  }
  nav a[aria-current="page"] {
    color: var(--text);
    font-weight: 600;
  }
  .who {
    display: flex;
    gap: var(--s-2);
    align-items: center;
    min-width: 0;
    padding-inline-start: var(--s-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--r-full);
    color: var(--text-soft);
  }
  .who:focus-within {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  select {
    max-width: 210px;
    min-width: 0;
    height: 36px;
    padding-inline-end: var(--s-2);
    border: 0;
    border-radius: 0 var(--r-full) var(--r-full) 0;
    outline: none;
    background: var(--surface);
    color: var(--text);
    text-overflow: ellipsis;
  }
  .lang {
    padding: var(--s-2);
    color: var(--text-soft);
    font-size: var(--f-s);
  }
  main {
    flex: 1;
    width: 100%;
    max-width: calc(1120px + 2 * var(--s-4));
    margin-inline: auto;
    padding: var(--s-5) var(--s-4) var(--s-7);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-3) var(--s-5);
    align-items: center;
    justify-content: space-between;
    padding: var(--s-5) max(var(--s-4), calc((100% - 1120px) / 2));
    padding-bottom: calc(var(--s-8) + var(--s-4));
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .quiet {
    padding: var(--s-7) var(--s-4);
    color: var(--text-soft);
    text-align: center;
  }
  @media (max-width: 640px) {
    header {
      gap: var(--s-1) var(--s-2);
    }
    .brand {
      flex: 1;
    }
    nav {
      order: 3;
      flex: 1 1 calc(100% - 88px); /* the language stands beside it */
    }
    .lang {
      order: 4;
    }
    select {
      max-width: 116px;
    }
    main {
      padding-top: var(--s-4);
    }
  }
`;

export const tileStyles = css`
  .tile {
    display: grid;
    place-items: center;
    overflow: hidden;
    aspect-ratio: 4 / 3;
    background: var(--sunken);
  }
  .tile img {
    width: 76%;
    height: 84%;
    object-fit: contain;
  }
  .tint-0 {
    background: #e9ede4;
  }
  .tint-1 {
    background: #f2e9df;
  }
  .tint-2 {
    background: #e3ebee;
  }
  .tint-3 {
    background: #efe6e6;
  }
  .tint-4 {
    background: #ebe7f0;
  }
  .tint-5 {
    background: #f3eed9;
  }
  @media (prefers-color-scheme: dark) {
    .tint-0 {
      background: #262b24;
    }
    .tint-1 {
      background: #2f2820;
    }
    .tint-2 {
      background: #222a2d;
    }
    .tint-3 {
      background: #2e2525;
    }
    .tint-4 {
      background: #2a2731;
    }
    .tint-5 {
      background: #2e2a1c;
    }
    .tile img {
      filter: brightness(0.9);
    }
  }
  .price {
    color: var(--price);
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .small {
    font-size: var(--f-s);
  }
`;

export const catalogueStyles = css`
  :host {
    display: block;
  }
  .intro {
    padding: var(--s-2) 0 var(--s-5);
  }
  h1 {
    font-size: var(--f-xxl);
    font-weight: 600;
    letter-spacing: 0.01em;
    line-height: 1.3;
  }
  .filters {
    display: flex;
    gap: var(--s-2);
    margin: 0 calc(-1 * var(--s-4)) var(--s-4);
    padding: var(--s-1) var(--s-4);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .filters button {
    flex: none;
    min-height: 34px;
    padding: var(--s-1) var(--s-4);
    border: 1px solid var(--line);
    border-radius: var(--r-full);
    background: var(--surface);
    color: var(--text-soft);
    font-size: var(--f-s);
    cursor: pointer;
  }
  .filters button[aria-pressed="true"] {
    border-color: var(--text);
    background: var(--text);
    color: var(--canvas);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    gap: var(--s-4);
  }
  a {
    display: flex;
    flex-direction: column;
    height: 100%;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--r-l);
    background: var(--surface);
    color: inherit;
    text-decoration: none;
    transition: box-shadow var(--calm), transform var(--calm);
  }
  a:hover {
    box-shadow: var(--shadow-2);
    transform: translateY(-2px);
  }
  .text {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--s-1);
    padding: var(--s-3) var(--s-4) var(--s-4);
  }
  .title {
    display: -webkit-box;
    overflow: hidden;
    font-weight: 500;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .point {
    color: var(--text-soft);
    font-size: var(--f-s);
  }
  .bottom {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1) var(--s-2);
    align-items: center;
    margin-top: auto;
    padding-top: var(--s-2);
  }
  .bottom .price {
    flex: 1;
    font-size: var(--f-l);
  }
  @media (max-width: 520px) {
    h1 {
      font-size: var(--f-xl);
    }
    .intro {
      padding-bottom: var(--s-3);
    }
    .grid {
      grid-template-columns: 1fr 1fr;
      gap: var(--s-3);
    }
    .text {
      padding: var(--s-2) var(--s-3) var(--s-3);
    }
    .point {
      display: none;
    }
  }
`;

export const productStyles = css`
  :host {
    display: block;
  }
  .back {
    display: inline-flex;
    gap: var(--s-1);
    align-items: center;
    margin-bottom: var(--s-4);
    padding: var(--s-1) 0;
    color: var(--text-soft);
    text-decoration: none;
  }
  article {
    display: grid;
    grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
    gap: var(--s-6);
    align-items: center;
  }
  .tile {
    border-radius: var(--r-l);
  }
  .facts {
    display: grid;
    gap: var(--s-3);
    justify-items: start;
  }
  h1 {
    font-size: var(--f-xxl);
    font-weight: 600;
    line-height: 1.3;
  }
  .price {
    font-size: var(--f-xxl);
  }
  @media (max-width: 720px) {
    article {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    h1,
    .price {
      font-size: var(--f-xl);
    }
  }
`;

export const ordersStyles = css`
  :host {
    display: block;
    max-width: 720px;
    margin-inline: auto;
  }
  h1 {
    margin-bottom: var(--s-4);
    font-size: var(--f-xl);
    font-weight: 600;
  }
  .orders {
    display: grid;
    gap: var(--s-5);
  }
  li {
    display: grid;
    gap: var(--s-2);
    justify-items: end;
  }
  baton-order-card {
    width: 100%;
  }
  .quiet {
    padding: var(--s-7) var(--s-4);
    border: 1px dashed var(--line-strong);
    border-radius: var(--r-l);
    color: var(--text-soft);
    text-align: center;
  }
`;
