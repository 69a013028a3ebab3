import assert from "node:assert/strict";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { runSealift, startAgent, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";

test("sealift agent goes to the endpoint that answers, and no other agent uses its directory", {
  timeout: 120_000,
}, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  await using data = await throwAwayData();
  const endpoints = ["http://127.0.0.1:9", sealift.endpoint];
  await using agent = await startAgent(sealift, { cluster: "default", data: data.path, runtime: "process", endpoints });
  const { containerInstanceArns } = await clientsOf(sealift).ecs.listContainerInstances({});
  assert.deepEqual(containerInstanceArns, [agent.containerInstanceArn]);

  const words = ["--cluster", "default", "--endpoint", sealift.endpoint, "--runtime", "process"];
  const { code, stdout, stderr } = await runSealift("agent", ...words, "--data", data.path);
  const refusal = `sealift: Cannot use the data directory ${data.path}: another agent uses it\n`;
  assert.deepEqual([code, stdout, stderr], [2, "", refusal]);
  assert.ok(agent.isRunning());
});
