import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { signedPost } from "../../../src/cli/signed-post.ts";
import { allow, clientsOf, createRole, policy } from "../../../test/support/clients.ts";
import { until } from "../../../test/support/until.ts";
import { Sealift, type StartedSealift } from "./index.ts";

const path = "/_sealift/reset";

function folders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("sealift-testing-"));
}

test("Sealift.start answers in this process until it is stopped, and leaves no folder", async () => {
  const before = folders();
  let sealift: StartedSealift;
  {
    await using started = await Sealift.start({ region: "eu-west-1", account: "111122223333" });
    sealift = started;
    const { sts, ssm } = clientsOf(sealift);
    assert.equal((await sts.getCallerIdentity()).Arn, "arn:aws:iam::111122223333:root");
    await ssm.putParameter({ Name: "/a", Value: "value", Type: "String" });
    const { Parameter } = await ssm.getParameter({ Name: "/a" });
    assert.equal(Parameter?.ARN, "arn:aws:ssm:eu-west-1:111122223333:parameter/a");
    assert.equal(sealift.environment.AWS_ENDPOINT_URL, sealift.endpoint);
  }
  await sealift.stop();
  await assert.rejects(fetch(sealift.endpoint));
  assert.deepEqual(folders(), before);
});

test("reset empties it for the root user only", async () => {
  await using sealift = await Sealift.start();
  const { ssm, iam } = clientsOf(sealift);
  await ssm.putParameter({ Name: "/a", Value: "value", Type: "String" });
  await iam.createUser({ UserName: "administrator" });
  const PolicyDocument = policy(allow(["*"]));
  await iam.putUserPolicy({ UserName: "administrator", PolicyName: "all", PolicyDocument });
  const { AccessKey } = await iam.createAccessKey({ UserName: "administrator" });
  const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const denied = await signedPost({ ...sealift, credentials }, "ecs", path, {});
  assert.match(`${denied.status} ${denied.body}`, /^403 .*Only the root user of the first account may reset/);
  const unsigned = await fetch(new URL(path, sealift.endpoint), { method: "POST" });
  assert.match(await unsigned.text(), /MissingAuthenticationToken/);
  await ssm.getParameter({ Name: "/a" });
  await sealift.reset();
  await assert.rejects(ssm.getParameter({ Name: "/a" }), { name: "ParameterNotFound" });
});

test("Sealift.start says why it could not start", async () => {
  await assert.rejects(Sealift.start({ flags: ["--no-such-flag"] }), /unknown option '--no-such-flag'/);
  await assert.rejects(Sealift.start({ startupTimeout: 1 }), /was not ready after 1 ms/);
});

test("runtime: process runs tasks, which end with it", async () => {
  let pid = 0;
  {
    await using sealift = await Sealift.start({ runtime: "process" });
    const clients = clientsOf(sealift);
    const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
    await clients.ssm.putParameter({ Name: "/token", Value: "a value", Type: "SecureString" });
    const file = `${tmpdir()}/sealift-testing-${process.pid}.out`;
    await clients.ecs.registerTaskDefinition({
      family: "writer",
      executionRoleArn,
      containerDefinitions: [
        {
          ...{ name: "main", image: "none", memory: 16 },
          command: ["/bin/sh", "-c", `echo "$$ $TOKEN" > ${file}; exec sleep 600`],
          secrets: [{ name: "TOKEN", valueFrom: "/token" }],
        },
      ],
    });
    await clients.ecs.runTask({ taskDefinition: "writer" });
    const { readFile, rm } = await import("node:fs/promises");
    const text = await until("the task wrote what it was given", () => readFile(file, "utf8").catch(() => undefined));
    await rm(file);
    assert.match(text, /^\d+ a value\n$/);
    pid = Number.parseInt(text, 10);
    assert(existsSync(`/proc/${pid}`));
  }
  await until("the task's program is gone", () => !existsSync(`/proc/${pid}`));
});
