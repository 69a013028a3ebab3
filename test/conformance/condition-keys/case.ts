import type { Clients } from "../../support/authorized-plane.ts";

/** A condition key, and the action of a request that tests it. */
export interface Case {
  readonly key: string;
  readonly action: string;
  readonly operator: string;
  readonly right: string;
  readonly wrong: string;
  call(clients: Clients): Promise<unknown>;
}

/** Key, operator, the value that the request has, and another one. */
export type Row = readonly [key: string, operator: string, right: string, wrong: string];

export function cases(action: string, call: Case["call"], rows: readonly Row[]): Case[] {
  return rows.map(([key, operator, right, wrong]) => ({ key, action, operator, right, wrong, call }));
}
