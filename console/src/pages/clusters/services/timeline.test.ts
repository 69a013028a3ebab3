import assert from "node:assert/strict";
import { test } from "node:test";
import { timelineOf } from "./timeline.ts";

const arn = "arn:aws:ecs:us-east-1:111122223333:service-revision/default/web";
const deployment = { createdAt: 1_000, finishedAt: 1_100, targetServiceRevision: { arn: `${arn}/2` } };
const task = (taskArn: string, startedBy: string, createdAt: number, times: object = {}) => ({
  ...{ taskArn, startedBy: `ecs-svc/${startedBy}`, createdAt, startedAt: createdAt + 10 },
  ...times,
});

test("timelineOf puts the new tasks before the old ones, and leaves out those of another time", () => {
  const tasks = [
    task("old", "1", 100, { stoppingAt: 1_090, stoppedAt: 1_110 }),
    task("long gone", "1", 100, { stoppedAt: 500 }),
    task("new", "2", 1_010),
    task("later", "3", 5_000),
    task("never ran", "2", 1_005, { startedAt: undefined, stoppedAt: 1_020 }),
  ];
  const { bars, from, to } = timelineOf(deployment, tasks, 9_000);
  assert.deepEqual([from, to], [1_000 - 110 * 0.15, 1_110 + 110 * 0.15]);
  assert.deepEqual(
    bars.map((bar) => [bar.task.taskArn, bar.side, bar.isOpen]),
    [
      ["never ran", "new", false],
      ["new", "new", true],
      ["old", "old", false],
    ],
  );
  const [never, , old] = bars;
  assert.equal(never?.run, never?.end);
  assert.equal(old?.begin, 0);
});

test("timelineOf of a deployment that goes on ends now, and knows the tasks of its rollback", () => {
  const going = {
    createdAt: 1_000,
    targetServiceRevision: { arn: `${arn}/2` },
    rollback: { serviceRevisionArn: `${arn}/3` },
  };
  const { bars, to, ended } = timelineOf(going, [task("back", "3", 1_050)], 1_100);
  assert.deepEqual([to, ended, bars[0]?.side, bars[0]?.end], [1_100, undefined, "rollback", 1]);
});
