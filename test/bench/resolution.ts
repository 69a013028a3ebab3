import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { endpointsOf } from "../../src/agent/link/endpoints.ts";
import { resolveSecrets, type SecretRequest, secretSources } from "../../src/agent/secrets/index.ts";
import { systemClock } from "../../src/clock.ts";
import { cpuTime, median } from "./child.ts";
import type { Installation } from "./installation.ts";

const account = "000000000000";

/** Numbers of references that are resolved. */
const references = [1, 10, 100] as const;

/** Each way resolves them so often by turns, in rounds. */
const rounds = 5;
const perRound = 9;

/** The secrets of a task, half of them parameters, read as its role: as the agent does, by turns with AWS's SDK in its place. */
export async function resolution({ client, server }: Installation): Promise<void> {
  const requests = await makeSecrets(client);
  const session = await roleSession(client);
  const at = { endpoints: endpointsOf([client.endpoint]), clock: systemClock };
  using agent = secretSources(at);
  using sdk = secretSources({ ...at, credentials: async () => session });
  for (const count of references) {
    const some = requests.slice(0, count);
    const resolve = async (source: typeof agent) => {
      const began = performance.now();
      const { outcome } = await resolveSecrets(some, source.as(session), { launchType: "EC2", account });
      if (outcome !== "resolved") throw new Error("A secret could not be read");
      return performance.now() - began;
    };
    const ways = [agent, sdk].map((source) => ({ source, times: [] as number[], own: 0, server: 0 }));
    for (let round = 0; round <= rounds; round++) {
      for (const way of ways) {
        const times: number[] = [];
        const before = { own: process.cpuUsage(), server: await cpuTime(server.pid) };
        while (times.length < perRound) times.push(await resolve(way.source));
        if (round === 0) continue; // for the compiler
        const { user, system } = process.cpuUsage(before.own);
        way.own += (user + system) / 1000;
        way.server += (await cpuTime(server.pid)) - before.server;
        way.times.push(...times);
      }
    }
    const [ours, other] = ways.map(({ times, own, server }) => {
      const processor = `processor time ${each(own, times)} ms here, ${each(server, times)} ms in the server`;
      return `${median(times).toFixed(1)} ms, ${processor}`;
    });
    const budget = count === 10 ? " (budget ≤ 10 ms)" : "";
    console.log(`resolution of ${count} references: ${ours}${budget}; by AWS's SDK: ${other}`);
  }
}

function each(total: number, times: readonly number[]): string {
  return (total / times.length).toFixed(1);
}

async function makeSecrets(client: Installation["client"]): Promise<readonly SecretRequest[]> {
  const [ssm, secrets] = [new SSM(client), new SecretsManager(client)];
  const most = Math.max(...references);
  const requests: SecretRequest[] = [];
  for (let number = 0; number < most; number++) {
    const common = {
      container: "main",
      name: `SECRET_${number}`,
      region: client.region,
      type: "ENVIRONMENT_VARIABLE",
    } as const;
    const isParameter = number % 2 === 0;
    const name = `/bench/${number}`;
    if (isParameter) await ssm.putParameter({ Name: name, Type: "SecureString", Value: `value-${number}` });
    const made = isParameter ? undefined : await secrets.createSecret({ Name: name, SecretString: `value-${number}` });
    const provider = isParameter ? "ssm" : "asm";
    requests.push({ ...common, target: "CONTAINER", provider, valueFrom: made?.ARN ?? name });
  }
  return requests;
}

async function roleSession(client: Installation["client"]) {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const iam = new IAM(client);
  await iam.createUser({ UserName: "bench" });
  const AssumeRolePolicyDocument = document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
  const { Role } = await iam.createRole({ RoleName: "reader", AssumeRolePolicyDocument });
  const reads = ["ssm:GetParameters", "secretsmanager:GetSecretValue"];
  const PolicyDocument = document({ Effect: "Allow", Action: reads, Resource: "*" });
  await iam.putRolePolicy({ RoleName: "reader", PolicyName: "read", PolicyDocument });
  // The root user may not assume roles.
  const mayAssume = document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" });
  await iam.putUserPolicy({ UserName: "bench", PolicyName: "assume", PolicyDocument: mayAssume });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bench" });
  const own = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
  const caller = new STS({ ...client, credentials: own });
  const { Credentials } = await caller.assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: "bench" });
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
}
