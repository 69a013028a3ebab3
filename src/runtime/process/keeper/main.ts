/** The keeper's process: `node main.ts <directory>`, forked by `keeper-link.ts`. */
import { systemClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { openKeeper } from "./keeper.ts";
import type { KeeperMessage, NumberedRequest } from "./protocol.ts";

const [, , directory = ""] = process.argv;

function say(message: KeeperMessage): void {
  // Nobody listens any more once Sealift is gone.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

const keeper = openKeeper({ directory, clock: systemClock, ids: randomIds, say });

process.on("message", async ({ number, request }: NumberedRequest) => {
  try {
    await keeper.handle(request);
    say({ kind: "answer", number });
  } catch (error) {
    const { name, message } = error instanceof RuntimeError ? error : new RuntimeError("UnknownError", String(error));
    say({ kind: "answer", number, failure: { name, message } });
  }
});

// Whether Sealift was stopped or killed: its programs end with it.
process.on("disconnect", async () => {
  await keeper.close();
  process.exit();
});

// The next Sealift wants the directory.
process.on("SIGTERM", async () => {
  await keeper.kill();
  process.exit();
});

// A defect must not cost the programs their lives: they go on, and Sealift says what happened.
process.on("uncaughtException", (error) => {
  say({ kind: "warning", message: `the keeper of processes failed: ${error.stack ?? error.message}` });
});

// Only Sealift and the next Sealift end a keeper.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
