import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import type { RuntimeEvent } from "../../events.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { type ContainerRecord, decodeRecord } from "../records.ts";
import { keeperMark } from "../system/mark.ts";
import { writeOwner } from "./ownership.ts";
import type { KeeperMessage, KeeperRequest, NumberedRequest } from "./protocol.ts";

export interface KeeperListener {
  record(record: ContainerRecord): void;
  event(event: RuntimeEvent): void;
  warning(message: string): void;
  /** The keeper with this id was killed. The next request makes a new one. */
  lost(id: string): void;
}

export interface KeeperLink extends AsyncDisposable {
  /** Makes sure that the keeper runs. */
  open(): void;
  /** Rejects with a `RuntimeError`. */
  request(request: KeeperRequest): Promise<void>;
}

/** Variables that the keeper gets from Sealift's environment: programs get PATH, log drivers connect to collectors. */
const variables = ["PATH", "HOME", "TZ", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"] as const;

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

/** The connection to the keeper of `directory`, whose process is made when it is first needed. It ends with the connection. */
export function keeperLink(directory: string, ids: Ids, listener: KeeperListener): KeeperLink {
  const pending = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let keeper: ChildProcess | undefined;
  let count = 0;

  function open(): ChildProcess {
    if (keeper) return keeper;
    const id = ids.hex(32);
    const mark = keeperMark(id);
    const made = fork(main, [directory], {
      // Signals of the terminal are for Sealift only, which then stops the programs.
      detached: true,
      env: {
        ...defined(Object.fromEntries(variables.map((name) => [name, process.env[name]]))),
        ...defined({ NODE_COMPILE_CACHE: getCompileCacheDir() }),
        [mark.name]: mark.value,
      },
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    made.on("message", receive);
    made.on("error", (error) => lose(made, id, error.message));
    made.once("exit", () => lose(made, id, "it was killed"));
    if (made.pid !== undefined) writeOwner(directory, made.pid, id);
    keeper = made;
    return made;
  }

  function receive(message: KeeperMessage): void {
    switch (message.kind) {
      case "record":
        return listener.record(decodeRecord(message.record));
      case "event":
        return listener.event(message.event);
      case "warning":
        return listener.warning(message.message);
      case "answer": {
        const { number, failure } = message;
        const asked = pending.get(number);
        pending.delete(number);
        if (failure) asked?.reject(new RuntimeError(failure.name, failure.message));
        else asked?.resolve();
      }
    }
  }

  function lose(lost: ChildProcess, id: string, reason: string): void {
    if (keeper !== lost) return;
    keeper = undefined;
    listener.lost(id);
    const error = new RuntimeError("DockerStateError", `the keeper of this machine's processes is gone: ${reason}`);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  return {
    open: () => void open(),
    request(request) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const number = ++count;
      pending.set(number, { resolve, reject });
      const message: NumberedRequest = { number, request };
      // A keeper that cannot be reached has ended, and `lose` says so.
      open().send(message, () => {});
      return promise;
    },
    async [Symbol.asyncDispose]() {
      const last = keeper;
      keeper = undefined;
      if (!last || last.exitCode !== null || last.signalCode !== null) return;
      const ended = once(last, "exit");
      if (last.connected) last.disconnect();
      await ended;
    },
  };
}
