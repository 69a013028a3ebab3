import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { median } from "./child.ts";
import { startEcho } from "./echo.ts";
import { install } from "./installation.ts";
import { inTurn, load } from "./load.ts";
import { peers } from "./peers.ts";
import { type Sheet, sheetOn } from "./sheet.ts";
import { type JsonCall, signedRequest, type Target } from "./signed-request.ts";
import { startup } from "./startup.ts";
import { tasks } from "./tasks.ts";

const root = join(import.meta.dirname, "../..");
export const figuresFile = join(root, "docs/figures.md");

const connections = 16;

/** Milliseconds for which the compilers may warm up, milliseconds of each turn, and turns. */
const sizes = {
  whole: { warmUp: 8_000, turn: 3_000, turns: 5, starts: 7, tasks: 9 },
  quick: { warmUp: 500, turn: 500, turns: 1, starts: 1, tasks: 1 },
};

const calls: readonly (readonly [name: string, call: JsonCall])[] = [
  ["GetParameter of a SecureString", ["ssm", "AmazonSSM.GetParameter", { Name: "bench", WithDecryption: true }]],
  ["GetSecretValue", ["secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "bench" }]],
];

/** Measures what users ask for first, and writes it down with the machine and the recipe. */
export async function publish(file: string, isQuick: boolean): Promise<void> {
  const size = isQuick ? sizes.quick : sizes.whole;
  let text = "";
  const sheet = sheetOn((part) => {
    text += part;
    process.stdout.write(part);
  });
  await heading(sheet, isQuick);
  sheet.say("## Requests a second");
  await perSecond(sheet, size);
  sheet.say("## Start and idle memory");
  await startup(sheet, size.starts);
  sheet.say("## From RunTask to RUNNING");
  await tasks((line) => sheet.say(`- ${line}`), size.tasks);
  writeFileSync(file, `${text.trim()}\n`);
}

async function heading(sheet: Sheet, isQuick: boolean): Promise<void> {
  sheet.say("# Figures");
  sheet.say(
    "Written by `npm run bench -- --publish`. Each figure stands beside its floor, measured in the same run by turns.",
  );
  if (isQuick) sheet.say("**This was a trial run with `--quick`: its figures are worth nothing.**");
  const [cpu] = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  sheet.table(
    ["machine", ""],
    [
      ["processor", `${cpu?.model ?? "unknown"}, ${cpus().length} visible`],
      ["memory", `${(totalmem() / 2 ** 30).toFixed(0)} GB`],
      ["system", `Linux ${release()}, Node.js ${process.version}`],
      [
        "load before",
        loadavg()
          .map((load) => load.toFixed(1))
          .join(", "),
      ],
      ["commit, day", `${commit}, ${new Date().toISOString().slice(0, 10)}`],
    ],
  );
  const versions = await Promise.all(
    peers.map(async (peer) => (await peer.version()) ?? `${peer.name}: not installed, not measured`),
  );
  sheet.say(`Peers: ${versions.join("; ")}.`);
  sheet.say(
    "Recipe: a machine that does nothing else; `python3 -m venv peers && peers/bin/pip install 'moto[server]' ministack`; `SEALIFT_BENCH_PEERS=$PWD/peers npm run bench -- --publish`. It takes about five minutes.",
  );
}

interface Server {
  readonly name: string;
  readonly target: Target;
}

/** Reads of a secret, with everything on. The floor does nothing at all. */
async function perSecond(sheet: Sheet, size: (typeof sizes)["whole"]): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const installation = resources.use(await install(["--no-agent"]));
  const servers: Server[] = [{ name: "Sealift", target: installation.target }];
  for (const peer of peers) {
    const version = await peer.version();
    if (version !== undefined) servers.push({ name: version, target: resources.use(await peer.start()).target });
  }
  for (const { target } of servers) await fill(target);
  const rows: string[][] = [];
  for (const [name, call] of calls) {
    const request = signedRequest(installation.target, call);
    await using echo = await startEcho(installation.server.port, request);
    const measured = [
      { name: "bare `node:http` that answers as many bytes", port: echo.port, request },
      ...servers.map(({ name, target }) => ({ name, port: target.port, request: signedRequest(target, call) })),
    ];
    const rates = measured.map((): number[] => []);
    const rate = async ({ port, request }: (typeof measured)[number], milliseconds: number) =>
      (await load({ port, next: inTurn([request]), connections, milliseconds })).requestsPerSecond;
    for (const server of measured) await rate(server, size.warmUp);
    for (let turn = 0; turn < size.turns; turn++) {
      for (const [index, server] of measured.entries()) rates[index]?.push(await rate(server, size.turn));
    }
    const floor = median(rates[0] ?? []);
    for (const [index, { name: who }] of measured.entries()) {
      const middle = median(rates[index] ?? []);
      rows.push([name, who, middle.toFixed(0), (middle / floor).toFixed(2)]);
    }
  }
  sheet.table(["request", "server", "answered a second", "of the floor"], rows);
  sheet.say(
    `${connections} connections, one process each. Sealift verifies each signature, decides by policies, decrypts, and writes an audit event before it answers.`,
  );
}

async function fill({ port, region, credentials }: Target): Promise<void> {
  const client = { region, credentials, endpoint: `http://127.0.0.1:${port}` };
  const value = "correct horse battery staple";
  await new SSM(client).putParameter({ Name: "bench", Type: "SecureString", Value: value });
  await new SecretsManager(client).createSecret({ Name: "bench", SecretString: value });
}
