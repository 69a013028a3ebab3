import { closeSync, fdatasync, fsyncSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import type { PayloadTask } from "../../acs/protocol.ts";
import { isTaken } from "../../concurrency/directory-lock.ts";
import { groupCommit } from "../../concurrency/group-commit.ts";
import type { ShippingState, ShippingStore } from "../log-shipping/shipping-state.ts";
import type { EndpointState, StateStore } from "./state.ts";
import type { AgentTask } from "./task.ts";

const version = 1;

/** A task's payload never changes, and is by far the larger part: each is written once. */
const schema = `
  create table agent (name text primary key, value text not null) strict, without rowid;
  create table payloads (arn text primary key, document text not null) strict;
  create table states (arn text primary key, document text not null) strict;
  pragma user_version = ${version}`;

/** How far the output of containers is delivered. */
const shippingSchema = `
  create table if not exists shipping (container text primary key, arn text not null, document text not null)
    strict, without rowid`;

type Change =
  | { readonly task: AgentTask }
  | { readonly gone: string }
  | { readonly container: string; readonly arn: string; readonly value: string }
  | { readonly name: "instance" | "endpoint"; readonly value: string };

/**
 * Opens the state in the SQLite file at `path` (0600), making it where there is none. It belongs to this process alone until it is
 * disposed of; a process that died, however hard, has let go of it.
 */
export function openState(path: string): StateStore & ShippingStore & AsyncDisposable {
  const file = open(path);
  const log = openSync(`${path}-wal`, "r+");
  flushDirectory(path);
  const setAgent = file.prepare("insert or replace into agent values (?, ?)");
  const addPayload = file.prepare("insert or ignore into payloads values (?, ?)");
  const setState = file.prepare("insert or replace into states values (?, ?)");
  const deletePayload = file.prepare("delete from payloads where arn = ?");
  const deleteState = file.prepare("delete from states where arn = ?");

  // Output may still be delivered when its task is gone.
  const setShipping = file.prepare(
    "insert or replace into shipping select ?1, ?2, ?3 where exists (select 1 from states where arn = ?2)",
  );
  const deleteShipping = file.prepare("delete from shipping where arn = ?");

  function apply(change: Change): void {
    if ("name" in change) {
      setAgent.run(change.name, change.value);
    } else if ("container" in change) {
      setShipping.run(change.container, change.arn, change.value);
    } else if ("gone" in change) {
      deleteShipping.run(change.gone);
      deletePayload.run(change.gone);
      deleteState.run(change.gone);
    } else {
      const { payload, ...state } = change.task;
      addPayload.run(state.arn, JSON.stringify(payload));
      setState.run(state.arn, JSON.stringify(state));
    }
  }

  const write = groupCommit<Change>(async (changes) => {
    file.exec("begin immediate");
    try {
      for (const change of lastOnly(changes)) apply(change);
      file.exec("commit");
    } catch (error) {
      if (file.isTransaction) file.exec("rollback");
      throw error;
    }
    // As a commit with `synchronous = full` would, but this process works meanwhile.
    await flush(log);
  });
  let last: Promise<unknown> = Promise.resolve();
  function keep(change: Change): Promise<void> {
    const written = write(change);
    last = Promise.allSettled([last, written]);
    return written;
  }

  const getShipping = file.prepare("select document from shipping where container = ?");
  const getAgent = file.prepare("select value from agent where name = ?");

  return {
    instance: () => textOf(getAgent.get("instance")?.value),
    setInstance: (arn) => keep({ name: "instance", value: arn }),
    endpoint() {
      const text = textOf(getAgent.get("endpoint")?.value);
      return text === undefined ? undefined : (JSON.parse(text) as EndpointState);
    },
    setEndpoint: (endpoint) => keep({ name: "endpoint", value: JSON.stringify(endpoint) }),
    tasks() {
      const rows = file
        .prepare("select s.document as state, p.document as payload from states s join payloads p using (arn)")
        .all();
      return rows.map(({ state, payload }) => ({
        ...(JSON.parse(String(state)) as Omit<AgentTask, "payload">),
        payload: JSON.parse(String(payload)) as PayloadTask,
      }));
    },
    shipping(container) {
      const text = textOf(getShipping.get(container)?.document);
      return text === undefined ? undefined : (JSON.parse(text) as ShippingState);
    },
    setShipping: (arn, container, state) => keep({ container, arn, value: JSON.stringify(state) }),
    save: (task) => keep({ task }),
    delete: (arn) => keep({ gone: arn }),
    async [Symbol.asyncDispose]() {
      await last;
      file.close();
      closeSync(log);
    },
  };
}

/** Deletes the state at `path`, of an agent that does not run. */
export function deleteState(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
}

const flush = promisify(fdatasync);

function open(path: string): DatabaseSync {
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite's other files take their mode from this one.
    closeSync(openSync(path, "a", 0o600));
    file = new DatabaseSync(path);
    file.exec(
      "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal; begin immediate",
    );
    const made = Number(file.prepare("pragma user_version").get()?.user_version);
    if (made === 0) file.exec(schema);
    else if (made !== version) throw new Error(`another version of Sealift wrote it (${made})`);
    file.exec(shippingSchema);
    file.exec("commit");
    return file;
  } catch (cause) {
    file?.close();
    const reason = isTaken(cause) ? "another agent uses it" : messageOf(cause);
    throw new Error(`Cannot use the agent's state "${path}": ${reason}`, { cause });
  }
}

/** Only the last change of each task counts. */
function lastOnly(changes: readonly Change[]): readonly Change[] {
  const last = new Map<string, Change>();
  for (const change of changes) {
    last.set(keyOf(change), change);
  }
  return [...last.values()];
}

function keyOf(change: Change): string {
  if ("name" in change) return change.name;
  if ("container" in change) return `shipping ${change.container}`;
  return "gone" in change ? change.gone : change.task.arn;
}

/** A file that was just made could otherwise be missing after a loss of power. */
function flushDirectory(path: string): void {
  const directory = openSync(dirname(path), "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
