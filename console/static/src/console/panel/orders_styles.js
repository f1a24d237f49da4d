// Look of the orders in the panel.
import { css } from "lit";

export const ordersStyles = css`
  article {
    padding: var(--s-2) 0;
  }
  article + article {
    border-top: 1px solid var(--line);
  }
  .no {
    display: flex;
    align-items: center;
    gap: 6px;
    font-variant-numeric: tabular-nums;
  }
  .no b {
    font-weight: 600;
  }
  .goods {
    display: grid;
    grid-template-columns: 34px minmax(0, 1fr) auto;
    gap: 0 var(--s-2);
    align-items: center;
    padding: 3px 0;
  }
  .goods p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  baton-thumb {
    width: 34px;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-1) var(--s-2);
  }
  .foot .button {
    margin-inline-start: auto;
  }
  .end {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`;
