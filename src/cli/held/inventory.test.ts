import assert from "node:assert/strict";
import { test } from "node:test";
import { secretsTable } from "../secrets.ts";
import type { Holder } from "./holders.ts";
import { inventory } from "./inventory.ts";
import type { Stored } from "./stored.ts";

const place = { partition: "aws", region: "us-east-1", account: "111122223333" };
const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db/main-a1B2c3";
const key = "arn:aws:ssm:us-east-1:111122223333:parameter/app/key";
const gone = "arn:aws:ssm:us-east-1:111122223333:parameter/old";
const clusterArn = "arn:aws:ecs:us-east-1:111122223333:cluster/default";
const definition = (name: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`;

const stored: readonly Stored[] = [
  { kind: "secret", arn: db, name: "db/main", version: "v2", since: "2026-01-01T00:00:00.000Z" },
  { kind: "parameter", arn: key, name: "/app/key", version: "1", since: "2026-01-01T00:59:50.000Z" },
];

function task(id: string, service: string | undefined, secrets: Holder["secrets"]): Holder {
  return {
    ...{ taskArn: `arn:aws:ecs:us-east-1:111122223333:task/default/${id}`, clusterArn },
    ...{ definitionArn: definition("web:1"), status: "RUNNING", health: "UNKNOWN", secrets },
    ...(service !== undefined && { service }),
    learntFrom: "agent",
  };
}

const held = (arn: string, version: string, state: "current" | "stale" | "gone") => ({
  arn,
  version,
  state,
  containers: ["main"],
});
const tasks = [
  task("1", "web", [held(db, "v1", "stale"), held(key, "1", "current")]),
  task("2", "web", [held(db, "v2", "current")]),
  task("3", undefined, [held(gone, "4", "gone")]),
];
const reference = { ...place, container: "main", valueFrom: "", service: "ssm" } as const;
const definitions = new Map([
  [definition("web:1"), [{ ...reference, service: "secretsmanager" as const, id: db.slice(0, -7) }]],
  [definition("app:2"), [{ ...reference, id: "/app", isPath: true as const }]],
  [definition("elsewhere:1"), [{ ...reference, id: "/app/key", region: "eu-west-1" }]],
]);

test("inventory tells of each secret who references it and who holds which version, also of those that are gone", () => {
  const [one, two, three, ...more] = inventory(stored, tasks, definitions);
  assert.deepEqual(more, []);
  assert.deepEqual([one?.definitions, one?.stale], [["web:1"], true]);
  assert.deepEqual(one?.services, [
    { service: "web", clusterArn, version: "v1", state: "stale", tasks: 1 },
    { service: "web", clusterArn, version: "v2", state: "current", tasks: 1 },
  ]);
  assert.deepEqual([two?.definitions, two?.stale, two?.tasks.length], [["app:2"], false, 1]);
  assert.deepEqual(
    [three?.name, three?.kind, three?.version, three?.tasks[0]?.state],
    ["/old", "parameter", undefined, "gone"],
  );
});

test("secretsTable has a line for each secret, and one for each version that is held", () => {
  const text = secretsTable(inventory(stored, tasks, definitions), Date.parse("2026-01-01T01:00:00Z"));
  assert.deepEqual(text.trimEnd().split("\n"), [
    "NAME           VERSION  AGE  DEFINITIONS  STATE",
    "db/main        v2       60m  web:1        stale",
    "  service web  v1            1 task       stale",
    "  service web  v2            1 task       current",
    "/app/key       1        10s  app:2",
    "  service web  1             1 task       current",
    "/old           -        -    -",
    "  task 3       4             main         gone",
  ]);
});
