import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { median, residentMemory } from "./child.ts";
import { startEcho } from "./echo.ts";
import { type Installation, install } from "./installation.ts";
import { inTurn, load } from "./load.ts";
import { type Moto, startMoto } from "./moto.ts";
import { type JsonCall, signedRequest, type Target } from "./signed-request.ts";
import { wrk } from "./wrk.ts";

/** Numbers of open connections. */
const connections = [16, 48] as const;

/** Milliseconds before anything counts: the compiler has seen enough by then. */
const warmUp = 8_000;

/** The servers are measured by turns, so that what else the machine does meets all of them alike. */
const rounds = 5;
const seconds = 2;

/** Seconds of reads after which memory is compared with the idle server's. */
const memorySeconds = 60;

const value = "correct horse battery staple";

const calls: readonly (readonly [name: string, call: JsonCall])[] = [
  ["GetParameter (SecureString)", ["ssm", "AmazonSSM.GetParameter", { Name: "bench", WithDecryption: true }]],
  ["GetSecretValue", ["secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "bench" }]],
];

/**
 * Measures the two most important reads, with everything on, against a bare node:http server that answers as many bytes, and
 * moto_server. Two load generators: our own, and wrk where it is installed.
 */
export async function requests(): Promise<void> {
  await using installation = await install(["--no-agent"]);
  await using moto = await startMoto();
  await fill(installation.client);
  if (moto) await fill(clientOf(moto.target));
  const idle = await residentMemory(installation.server.pid);
  for (const [name, call] of calls) {
    const request = signedRequest(installation.target, call);
    await using echo = await startEcho(installation.server.port, request);
    const ours = { port: installation.server.port, request };
    const floor = { port: echo.port, request };
    await load({ port: ours.port, next: inTurn([request]), connections: 16, milliseconds: warmUp });
    await load({ port: floor.port, next: inTurn([request]), connections: 16, milliseconds: warmUp / 4 });
    for (const atOnce of connections) {
      await byTurns(`${name}, ${atOnce} connections`, ours, floor, async ({ port }) => {
        const next = inTurn([request]);
        return (await load({ port, next, connections: atOnce, milliseconds: seconds * 1000 })).requestsPerSecond;
      });
      await byTurns(`${name}, ${atOnce} connections of wrk`, ours, floor, ({ port }) =>
        wrk(port, request, atOnce, seconds),
      );
    }
    if (moto) await showMoto(name, moto, call);
  }
  await showMemory(installation, idle);
}

interface Measured {
  readonly port: number;
  readonly request: Buffer;
}

async function byTurns(
  title: string,
  ours: Measured,
  floor: Measured,
  perSecond: (server: Measured) => Promise<number | undefined>,
): Promise<void> {
  const figures = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const rates = [await perSecond(ours), await perSecond(floor)] as const;
    if (rates[0] === undefined || rates[1] === undefined) return console.log(`${title}: skipped: not installed`);
    figures.ours.push(rates[0]);
    figures.floor.push(rates[1]);
  }
  const [rate, most] = [median(figures.ours), median(figures.floor)];
  const ratio = (rate / most).toFixed(2);
  console.log(
    `${title}: ${rate.toFixed(0)} requests/s; bare node:http ${most.toFixed(0)}; ${ratio} of it (budget ≥ 0.25)`,
  );
}

async function showMoto(name: string, moto: Moto, call: JsonCall): Promise<void> {
  const next = inTurn([signedRequest(moto.target, call)]);
  const { requestsPerSecond } = await load({
    ...{ port: moto.port, next, connections: 16 },
    milliseconds: seconds * 1000 * rounds,
  });
  console.log(`${name}, 16 connections: moto_server ${requestsPerSecond.toFixed(0)} requests/s`);
}

async function showMemory({ server, target }: Installation, idle: number): Promise<void> {
  const [, call] = calls[1] ?? [];
  if (!call) return;
  const next = inTurn([signedRequest(target, call)]);
  await load({ port: server.port, next, connections: 48, milliseconds: memorySeconds * 1000 });
  const after = await residentMemory(server.pid);
  const ratio = (after / idle).toFixed(2);
  console.log(
    `resident memory: ${idle.toFixed(0)} MB idle, ${after.toFixed(0)} MB after ${memorySeconds} s of reads; ${ratio} × (budget ≤ 1.5 ×)`,
  );
}

function clientOf({ port, region, credentials }: Target): Installation["client"] {
  return { region, credentials, endpoint: `http://127.0.0.1:${port}` };
}

async function fill(client: Installation["client"]): Promise<void> {
  await new SSM(client).putParameter({ Name: "bench", Type: "SecureString", Value: value });
  await new SecretsManager(client).createSecret({ Name: "bench", SecretString: value });
}
