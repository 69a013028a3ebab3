import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { stateFile } from "./state.ts";
import { container, taskWith } from "./task.fixture.ts";

async function directory(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "agent-state-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const tasks = [taskWith([container("main")])];

test("stateFile reads nothing where there is no file, and back what was saved", async (context) => {
  const path = join(await directory(context), "agent", "state.json");
  const file = stateFile(path);
  assert.deepEqual(await file.read(), { tasks: [] });
  await file.save({ containerInstanceArn: "arn", tasks });
  assert.deepEqual(await stateFile(path).read(), { containerInstanceArn: "arn", tasks });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test("stateFile replaces the file whole: it is at every moment an old or a new state", async (context) => {
  const path = join(await directory(context), "state.json");
  const file = stateFile(path);
  await file.save({ containerInstanceArn: "0", tasks });
  const saves = Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await new Promise(setImmediate);
      await file.save({ containerInstanceArn: String(index).repeat(10_000), tasks });
    }),
  );
  let reads = 0;
  const done = saves.then(() => true);
  while (!(await Promise.race([done, new Promise((resolve) => setImmediate(resolve, false))]))) {
    JSON.parse(await readFile(path, "utf8"));
    reads += 1;
  }
  assert.ok(reads > 0);
  assert.equal((await file.read()).containerInstanceArn, "49".repeat(10_000));
  assert.deepEqual(await readdir(join(path, "..")), ["state.json"]);
});

test("stateFile's save resolves only when that state or a newer one is on the disk", async (context) => {
  const path = join(await directory(context), "state.json");
  const file = stateFile(path);
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      await file.save({ containerInstanceArn: String(index), tasks });
      assert.ok(Number((await stateFile(path).read()).containerInstanceArn) >= index);
    }),
  );
});

test("stateFile saves again after it could not", async (context) => {
  const path = join(await directory(context), "state.json");
  const file = stateFile(path);
  await mkdir(`${path}.new`);
  await assert.rejects(file.save({ containerInstanceArn: "1", tasks }));
  await rm(`${path}.new`, { recursive: true });
  await file.save({ containerInstanceArn: "2", tasks });
  assert.equal((await file.read()).containerInstanceArn, "2");
});

test("stateFile names a file that is no JSON", async (context) => {
  const path = join(await directory(context), "state.json");
  await writeFile(path, "{");
  await assert.rejects(stateFile(path).read(), { message: `Cannot read the agent's state: "${path}" is no JSON` });
});
