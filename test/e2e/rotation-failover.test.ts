import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { rotationTemplate, type StepEvent } from "../support/rotation-template.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const keys = ["root.key", "root-access-key.json"];
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:rotate-db";

test("a rotation whose server is killed in a step is gone on with by the database's other server", {
  skip: await skipUnless("postgres"),
  timeout: 480_000,
}, async () => {
  await using postgres = await takePostgresCopy();
  await using resources = new AsyncDisposableStack();
  const servers = new Set<Sealift>();
  resources.defer(async () => {
    for (const server of servers) await server.end("SIGKILL");
  });
  const killedAt: string[] = [];
  let firstData: string | undefined;
  let replaced: Promise<void> | undefined;
  const someServer = () => [...servers][0]!;

  /** A server whose function has an address of its own, so that the one that does a step is known; it is killed in it. */
  async function start(): Promise<void> {
    let server: Sealift | undefined;
    const endpoint = createServer(async (request, response) => {
      const event: StepEvent = JSON.parse(await text(request));
      if (killedAt.includes(event.Step)) {
        await rotationTemplate(clientsOf(server!), event);
        response.end("null");
        return;
      }
      killedAt.push(event.Step);
      await rotationTemplate(clientsOf(server!), event);
      servers.delete(server!);
      await server!.end("SIGKILL");
      replaced = start();
      await replaced;
    });
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    resources.defer(() => {
      endpoint.closeAllConnections();
      endpoint.close();
    });
    const { port } = endpoint.address() as AddressInfo;
    const flags = ["--database", postgres.url, "--lambda", `rotate-db=http://127.0.0.1:${port}`, "--no-agent"];
    const data = resources.use(await throwAwayData());
    // The keys are the installation's, whichever machine serves it.
    if (firstData === undefined) firstData = data.path;
    else for (const name of keys) await copyFile(join(firstData, name), join(data.path, name));
    server = await startSealift({ runtime: "process", data: data.path, flags });
    servers.add(server);
  }

  await start();
  const { secretsManager } = clientsOf(someServer());
  await secretsManager.createSecret({ Name: "db", SecretString: "old" });
  await start();
  // A server that is asked may be killed before it answers, and for a while there may be none.
  await secretsManager.rotateSecret({ SecretId: "db", RotationLambdaARN: functionArn }).catch(() => {});
  const isOver = async () => {
    const [server] = servers;
    const asked = server && clientsOf(server).secretsManager.describeSecret({ SecretId: "db" });
    return (await asked?.catch(() => undefined))?.LastRotatedDate;
  };
  await until("the rotation is over", isOver, { seconds: 120 });
  await replaced;
  assert.deepEqual(killedAt, ["createSecret", "setSecret", "testSecret", "finishSecret"]);
  const after = clientsOf(someServer()).secretsManager;
  assert.match((await after.getSecretValue({ SecretId: "db" })).SecretString!, /^.{32}$/);
  assert.equal((await after.getSecretValue({ SecretId: "db", VersionStage: "AWSPREVIOUS" })).SecretString, "old");
});
