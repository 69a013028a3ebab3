import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { madePackages } from "../support/packages.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";
import { environmentOf, root } from "./example.ts";
import { runWorkflow } from "./workflow.ts";

const skip = await skipUnless("docker", "aws");

test("examples/github-actions: the workflow checks against AWS, starts the packed Sealift and runs the task", {
  skip,
  timeout: 480_000,
}, async () => {
  await using folder = await throwAwayDirectory();
  await using packages = await madePackages();
  await importHttpdImage(await connectDocker(), "public.ecr.aws/docker/library/busybox:1.37");
  const workspace = join(folder.path, "workspace");
  await cp(join(root, "examples/github-actions"), workspace, { recursive: true });
  // A second Sealift stands in for AWS.
  await using aws = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const clients = clientsOf(aws);
  await clients.ssm.putParameter({ Name: "/web/api-key", Value: "key-of-production", Type: "SecureString" });
  const prefix = join(folder.path, "global");
  await mkdir(join(prefix, "lib"), { recursive: true });
  const job = {
    workspace,
    temporary: join(folder.path, "temporary"),
    environment: {
      ...environmentOf(aws),
      ...{ PATH: `${join(prefix, "bin")}:${process.env.PATH}`, HOME: folder.path, npm_config_prefix: prefix },
      ...{ DOCKER_HOST: process.env.DOCKER_HOST ?? "", npm_config_offline: "true" },
    },
    actions: {
      "actions/checkout": undefined,
      "actions/setup-node": undefined,
      "sealift/sealift": join(root, "action.yml"),
    },
    // What a release would have from the registry.
    inputs: { version: join(packages.path, `sealift-${manifest.version}.tgz`) },
  };
  const workflow = join(workspace, ".github/workflows/test.yml");
  try {
    await assert.rejects(runWorkflow(workflow, job), /"Check" ended with 1: ::error file=deploy\/task\.json,line=\d+/);
    await createRole(clients, "web-execution", [allow(["ssm:GetParameters"])]);
    const { log, masks } = await runWorkflow(workflow, job);
    assert.match(log, /^Sealift answers at http:\/\/127\.0\.0\.1:\d+$/m);
    assert.match(log, /^EssentialContainerExited\s+0$/m);
    assert.equal(masks.size, 1);
    for (const secret of [...masks, "key-of-production"]) assert(!log.includes(secret));
  } finally {
    await endAll(folder.path);
  }
});

/** A runner ends what a job has left. */
async function endAll(path: string): Promise<void> {
  const left = () =>
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => commandLine(pid).includes(`${path}/temporary/sealift`));
  for (const pid of left()) process.kill(Number(pid), "SIGTERM");
  await until("the job's Sealift has ended", () => left().length === 0);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It has ended.
    return "";
  }
}
