import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../../scripts/package/bundle.ts";
import { allow, type Clients, clientsOf, createRole } from "../support/clients.ts";
import { sourceProgram } from "../support/program.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { median } from "./child.ts";
import { install } from "./installation.ts";

const definitions = 50;
/** Secrets, and as many parameters: each definition refers to four of each, so that several refer to the same ones. */
const values = 40;
const roles = 10;
const runs = 5;
/** Milliseconds that a check of all may take. */
const budget = 1_000;

/** Measures `sealift check` of 50 files, by the package and from source, beside bare Node, a command that asks nobody, and a check of one file. */
export async function check(): Promise<void> {
  await using folder = await throwAwayDirectory();
  // As it is installed: what npm run package makes, without the packing.
  const installed = join(folder.path, "dist");
  await bundle(installed);
  const programs = { package: join(installed, "sealift.js"), source: sourceProgram };
  await using installation = await install(["--runtime", "process"], programs.package);
  const files = await makeAll(clientsOf(installation.client), join(folder.path, "definitions"));
  const checking = (some: readonly string[]) => ["check", ...some, "--data", installation.data, "--json"];
  const kinds: Readonly<Record<string, readonly string[]>> = {
    "node -e 0": [process.execPath, "-e", "0"],
    "package, --help": [programs.package, "--help"],
    "package, one definition": [programs.package, ...checking(files.slice(0, 1))],
    [`package, ${definitions} definitions`]: [programs.package, ...checking(files)],
    "source, one definition": [programs.source, ...checking(files.slice(0, 1))],
    [`source, ${definitions} definitions`]: [programs.source, ...checking(files)],
  };
  const times = new Map<string, number[]>(Object.keys(kinds).map((kind) => [kind, []]));
  for (let run = 0; run < runs; run++) {
    for (const [kind, words] of Object.entries(kinds)) times.get(kind)?.push(await took(words));
  }
  const floor = median(times.get("node -e 0") ?? []);
  for (const [kind, all] of times) {
    const middle = median(all);
    const limit =
      kind === `package, ${definitions} definitions`
        ? `; budget ${budget} ms${middle > budget ? ", EXCEEDED" : ""}`
        : "";
    console.log(`${kind}: ${middle.toFixed(0)} ms, ${(middle / floor).toFixed(1)} × bare Node${limit}`);
  }
}

/** Milliseconds of a command that finds nothing wrong. */
async function took([program = "", ...words]: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(program, words, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${program} ${words[0]} ended with ${code}`);
  return performance.now() - started;
}

async function makeAll(clients: Clients, folder: string): Promise<readonly string[]> {
  const { secretsManager, ssm, kms, logs, ecr } = clients;
  const { KeyMetadata: key } = await kms.createKey({});
  const secrets = await Promise.all(
    Array.from({ length: values }, async (_, index) => {
      const KmsKeyId = index % 2 === 0 ? key?.KeyId : undefined;
      const SecretString = '{"username":"u","password":"p"}';
      return (await secretsManager.createSecret({ Name: `app/${index}`, SecretString, KmsKeyId })).ARN ?? "";
    }),
  );
  for (let index = 0; index < values; index++) {
    await ssm.putParameter({ Name: `/app/${index}`, Type: "SecureString", Value: "v" });
  }
  const allowed = allow(["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt", "logs:*", "ecr:*"]);
  const arns: string[] = [];
  for (let index = 0; index < roles; index++) arns.push(await createRole(clients, `execution-${index}`, [allowed]));
  const task = await createRole(clients, "task", []);
  await logs.createLogGroup({ logGroupName: "/ecs/app" });
  const { repository } = await ecr.createRepository({ repositoryName: "app" });
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: definitions }, async (_, index) => {
      const some = (of: (number: number) => string) => [0, 1, 2, 3].map((step) => of((index * 3 + step) % values));
      const valuesFrom = [...some((number) => secrets[number] ?? ""), ...some((number) => `/app/${number}`)];
      const container = {
        name: "web",
        image: `${repository?.repositoryUri}:1`,
        memory: 64,
        environment: Array.from({ length: 10 }, (_, number) => ({ name: `NAME_${number}`, value: `value ${number}` })),
        secrets: valuesFrom.map((valueFrom, number) => ({ name: `S${number}`, valueFrom })),
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/app", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "app" },
        },
      };
      const definition = {
        ...{ family: `app-${index}`, executionRoleArn: arns[index % roles], taskRoleArn: task },
        containerDefinitions: [container],
      };
      const file = join(folder, `${definition.family}.json`);
      await writeFile(file, JSON.stringify(definition, undefined, 2));
      return file;
    }),
  );
}
