import assert from "node:assert/strict";
import { RuntimeError, RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import type { openWorld } from "./engine.fixture.ts";
import { container, credentials, payload, secret } from "./task.fixture.ts";

export function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

export const fail = (name: string) => {
  throw new RuntimeError(name, "no");
};

export const secretive = payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials });

/** The current attempt of the task's first container. */
export function mainOf({ task }: ReturnType<typeof openWorld>) {
  const [main] = task().containers;
  assert.ok(main);
  return main.attempt;
}

export const away = (name: string, isUnheard = false) =>
  new RuntimeUnavailableError(name, "Cannot connect to the Docker daemon.", { isUnheard });
