import { randomBytes } from "node:crypto";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { fakeClock } from "../../src/clock.ts";
import { keyring } from "../../src/keyring/keyring.ts";
import { silentLog } from "../../src/log.ts";
import type { Principal } from "../../src/model/call.ts";
import { controlPlane } from "../../src/server/control-plane.ts";
import { ensureDefaultCluster } from "../../src/services/ecs/index.ts";
import { systemSurroundings } from "../../src/surroundings.ts";
import { databases, type TestDatabase } from "./databases.ts";
import { inProcess, rootPrincipal, testAccount, testRegion } from "./in-process.ts";

/** Every service in this process behind the real SDK clients, with real decisions and a real audit trail. */
export async function openAuthorizedPlane(kind: TestDatabase = databases()[0]!) {
  const database = await kind.open();
  const clock = fakeClock();
  const plane = controlPlane({
    database,
    keyring: keyring(randomBytes(32)),
    surroundings: { ...systemSurroundings(silentLog), clock },
    account: testAccount,
    rootKeyIds: [],
    partition: "aws",
    region: testRegion,
  });
  await ensureDefaultCluster(plane.ecs, { account: testAccount, region: testRegion, partition: "aws" });

  /** Clients of one caller, in one Region. */
  function clientsOf(principal: Principal = rootPrincipal, region = testRegion) {
    const { authorize, audit } = plane;
    const config = { ...inProcess(plane.services, { clock, principal: () => principal, authorize, audit }), region };
    // Each is made when a test needs it.
    return {
      get cloudtrail() {
        return new CloudTrail(config);
      },
      get ecr() {
        return new ECR(config);
      },
      get ecs() {
        return new ECS(config);
      },
      get iam() {
        return new IAM(config);
      },
      get kms() {
        return new KMS(config);
      },
      get logs() {
        return new CloudWatchLogs(config);
      },
      get secrets() {
        return new SecretsManager(config);
      },
      get ssm() {
        return new SSM(config);
      },
      get sts() {
        return new STS(config);
      },
    };
  }

  return {
    clock,
    database,
    plane,
    ecs: plane.ecs,
    clientsOf,
    /** A new user. */
    async user(name: string, tags: Readonly<Record<string, string>> = {}): Promise<Principal> {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const { User } = await clientsOf().iam.createUser({ UserName: name, Tags });
      const { Arn: arn, UserId: userId } = User!;
      return {
        kind: "user",
        arn: arn!,
        account: testAccount,
        userId: userId!,
        userName: name,
        accessKeyId: "AKIATEST",
      };
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export type AuthorizedPlane = Awaited<ReturnType<typeof openAuthorizedPlane>>;
export type Clients = ReturnType<AuthorizedPlane["clientsOf"]>;
