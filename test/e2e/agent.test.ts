import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startAgent, startEarlyAgent, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

test("sealift agent goes to the endpoint that answers, and no other agent uses its directory", {
  timeout: 480_000,
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

test("sealift agent waits for an Engine that is not there yet, until it comes or a signal does", {
  skip: await skipUnless("docker"),
  timeout: 480_000,
}, async () => {
  const { socketPath } = (await connectDocker()).modem as { readonly socketPath?: string };
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  await using data = await throwAwayData();
  const socket = join(data.path, "late.sock");
  const options = { data: data.path, dockerHost: `unix://${socket}` };
  {
    // Its end by a signal is no failure.
    await using stopped = await startEarlyAgent(sealift, options);
    assert.match(stopped.stderr(), /^warning: The agent waits for its runtime .*late\.sock/);
  }
  await using agent = await startEarlyAgent(sealift, options);
  await symlink(socketPath ?? "", socket);
  await until("it is ready", () => /is ready as/.test(agent.stdout()));
});
