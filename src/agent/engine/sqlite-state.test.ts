import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { deleteState, openState } from "./sqlite-state.ts";
import { container, taskWith } from "./task.fixture.ts";
import type { AgentTask } from "./task.ts";

async function directory(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "agent-state-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const task = taskWith([container("main")]);
const stopped: AgentTask = { ...task, desired: "STOPPED", reason: "it is over" };

test("openState finds nothing where there is no file, and again what was saved", async (context) => {
  const path = join(await directory(context), "agent", "agent.db");
  {
    await using state = openState(path);
    assert.deepEqual([state.instance(), state.tasks()], [undefined, []]);
    await Promise.all([state.setInstance("arn"), state.save(task), state.save({ ...task, arn: "other" })]);
    await Promise.all([state.save(stopped), state.delete("other")]);
  }
  await using state = openState(path);
  assert.deepEqual([state.instance(), state.tasks()], ["arn", [stopped]]);
  for (const name of await readdir(join(path, ".."))) {
    assert.equal((await stat(join(path, "..", name))).mode & 0o777, 0o600, name);
  }
});

test("openState keeps how far output is delivered for as long as the task is known", async (context) => {
  const path = join(await directory(context), "agent.db");
  const at = { time: "2026-01-01T00:00:00Z", count: 1 };
  {
    await using state = openState(path);
    await state.save(task);
    await Promise.all([state.setShipping(task.arn, "run", {}), state.setShipping(task.arn, "run", { at })]);
    await state.save({ ...task, arn: "other" });
    await Promise.all([state.save({ ...stopped, arn: "other" }), state.setShipping("other", "late", { at })]);
    await Promise.all([state.setShipping("other", "late", { isDone: true }), state.delete("other")]);
    await state.setShipping("other", "later", { at });
  }
  await using state = openState(path);
  assert.deepEqual(["run", "late", "later"].map(state.shipping), [{ at }, undefined, undefined]);
});

test("openState saves a task before it says so", async (context) => {
  const path = join(await directory(context), "agent.db");
  await using state = openState(path);
  for (const reason of ["1", "2", "3"]) {
    await Promise.all([state.save(task), state.save({ ...stopped, reason })]);
    // Another process would find as much after a kill -9.
    const copy = join(await directory(context), "copy");
    await cp(join(path, ".."), copy, { recursive: true });
    await using found = openState(join(copy, "agent.db"));
    assert.deepEqual(found.tasks(), [{ ...stopped, reason }]);
  }
});

test("openState refuses a state that another agent uses, until that one has died", async (context) => {
  const path = join(await directory(context), "agent.db");
  const program = `
    import { openState } from ${JSON.stringify(join(import.meta.dirname, "sqlite-state.ts"))};
    openState(${JSON.stringify(path)});
    console.log("open");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module-typescript", "-e", program]);
  await once(other.stdout, "data");
  const message = `Cannot use the agent's state "${path}": another agent uses it`;
  assert.throws(() => openState(path), { message });
  other.kill("SIGKILL");
  await once(other, "exit");
  await using state = openState(path);
  assert.throws(() => openState(path), { message });
  assert.deepEqual(state.tasks(), []);
});

test("openState names a file that is none of its own", async (context) => {
  const path = join(await directory(context), "agent.db");
  await writeFile(path, "{".repeat(10_000));
  assert.throws(() => openState(path), { message: `Cannot use the agent's state "${path}": file is not a database` });
  await rm(path);
  const later = new DatabaseSync(path);
  later.exec("pragma user_version = 99");
  later.close();
  assert.throws(() => openState(path), /: another version of Sealift wrote it \(99\)$/);
});

test("openState writes little for each change of a task", async (context) => {
  const path = join(await directory(context), "agent.db");
  await using state = openState(path);
  const large = taskWith([container("main", { environment: { LARGE: "x".repeat(50_000) } })]);
  await state.save(large);
  const before = (await stat(`${path}-wal`)).size;
  for (let change = 0; change < 20; change++) await state.save({ ...large, pullStartedAt: change });
  const written = (await stat(`${path}-wal`)).size - before;
  assert.ok(written < 20 * 10_000, `${written} bytes`);
});

test("deleteState deletes all of it", async (context) => {
  const path = join(await directory(context), "agent.db");
  {
    await using state = openState(path);
    await state.save(task);
  }
  deleteState(path);
  deleteState(path);
  assert.deepEqual(await readdir(join(path, "..")), []);
});
