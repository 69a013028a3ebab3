import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { throwAwayDirectory } from "../../test/support/throw-away.ts";
import { readDefinition } from "./run/read-definition.ts";
import { typedDefinition } from "./typed-definition.ts";

test("a member that is null is none, as to AWS's API", async () => {
  await using folder = await throwAwayDirectory();
  const file = join(folder.path, "web.json");
  const container = { name: "web", image: "nginx", secrets: null, dockerLabels: null, environment: [null] };
  await writeFile(file, JSON.stringify({ taskRoleArn: null, revision: 3, containerDefinitions: [container] }));
  const read = { containerDefinitions: [{ name: "web", image: "nginx", environment: [{}] }] };
  assert.deepEqual(readDefinition(file), { family: "run", ...read });
});

test("a member of another type is told with its place, and not what it holds", () => {
  const given = { family: "web", containerDefinitions: [{ name: "web", secrets: "hunter2" }] };
  assert.throws(
    () => typedDefinition(given, "web.json"),
    /^ConfigError: Cannot read the task definition web\.json: \/containerDefinitions\/0\/secrets must be a list$/,
  );
});
