import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { QueryRunner } from "./insights/queries/runner.ts";
import type { Searcher } from "./search/searcher.ts";
import type { LogsStore } from "./store.ts";

/** Everything that the operations of CloudWatch Logs work with. */
export interface Logs {
  readonly store: LogsStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly queries: QueryRunner;
  /** URLs of the operator's Lambda functions, by name. */
  readonly functions: ReadonlyMap<string, string>;
  readonly searcher: Searcher;
}
