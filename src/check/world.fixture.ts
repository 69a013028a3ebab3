import { gzipSync } from "node:zlib";
import { allow, type Clients, createRole, policy, trust } from "../../test/support/clients.ts";
import { databases } from "../../test/support/databases.ts";
import { testAccount as account, testRegion as region } from "../../test/support/in-process.ts";
import { served } from "../../test/support/served.ts";
import { systemClock } from "../clock.ts";
import type { Definition } from "./facts/subject.ts";
import { type Checked, checkDefinition, sdkAccount, sdkClients } from "./index.ts";

const execution = [
  "secretsmanager:GetSecretValue",
  "ssm:GetParameters",
  "kms:Decrypt",
  "ecr:*",
  "logs:*",
  "s3:GetObject",
  "s3:GetBucketLocation",
];

/** A served control plane with a bit of everything that definitions refer to. */
export async function openWorld() {
  const context = await served(await databases()[0]!.open());
  const clients = context.as();
  const secrets = await makeSecrets(clients);
  await makeParameters(clients);
  await makeRoles(clients);
  await clients.logs.createLogGroup({ logGroupName: "/ecs/web" });
  await clients.ecr.createRepository({ repositoryName: "team/web" });
  const { endpoint, root } = context;

  /** Checks as the root user, or with other credentials. */
  async function check(
    definition: Definition,
    given: { readonly values?: boolean; readonly isAws?: boolean; readonly credentials?: typeof root } = {},
  ): Promise<Checked> {
    const { values = false, isAws = false, credentials = root } = given;
    using sdk = sdkClients({ endpoint, region, credentials });
    const seen = await sdkAccount({ clients: sdk, isAws, values });
    const text = JSON.stringify(definition, undefined, 2);
    return checkDefinition({ name: "web.json", text }, { account: seen, clock: systemClock, cluster: "default" });
  }

  return { ...context, clients, secrets, check, endpoint, root };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

async function makeSecrets({ secretsManager, kms }: Clients) {
  const make = async (Name: string, SecretString: string, KmsKeyId?: string) => {
    const { ARN = "" } = await secretsManager.createSecret({ Name, SecretString, ...(KmsKeyId && { KmsKeyId }) });
    return ARN;
  };
  const key = async () => (await kms.createKey({})).KeyMetadata?.Arn ?? "";
  const rootOnly = policy({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: ["kms:Create*", "kms:Describe*", "kms:Get*", "kms:List*", "kms:Put*"],
    Resource: "*",
  });
  const [own, closed, disabled] = [await key(), await key(), await key()];
  const json = '{"user":"u","port":10000000,"small":5432,"none":null,"map":{"a":1}}';
  const made = {
    db: await make("db", json),
    hyphen: await make("my-secret", "x"),
    own: await make("own", "x", own),
    closed: await make("closed", "x", closed),
    disabled: await make("disabled", "x", disabled),
    gone: await make("gone", "x"),
    plain: await make("plain", "no json"),
    registry: await make("registry", '{"username":"u","password":"p"}'),
    binary: (await secretsManager.createSecret({ Name: "binary", SecretBinary: gzipSync("x") })).ARN ?? "",
    ownKey: own,
    closedKey: closed,
  };
  await kms.disableKey({ KeyId: disabled });
  await kms.putKeyPolicy({ KeyId: closed, Policy: rootOnly });
  await secretsManager.deleteSecret({ SecretId: made.gone });
  return made;
}

async function makeParameters({ ssm }: Clients) {
  for (const Name of ["/app/url", "awsExampleParameter"]) {
    await ssm.putParameter({ Name, Type: "SecureString", Value: "v" });
  }
}

async function makeRoles(clients: Clients) {
  const { iam } = clients;
  await createRole(clients, "execution", [allow(execution)]);
  await createRole(clients, "nothing", []);
  await createRole(clients, "task", []);
  await createRole(clients, "untrusted", [allow(execution)], "ec2.amazonaws.com");
  await createRole(clients, "by-address", [
    { ...allow(execution), Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
  ]);
  const conditions = { StringEquals: { "aws:SourceAccount": "999988887777" } };
  const [statement] = JSON.parse(trust()).Statement;
  await iam.createRole({
    RoleName: "elsewhere",
    AssumeRolePolicyDocument: policy({ ...statement, Condition: conditions }),
  });
}

/** A definition whose references all resolve; `members` are those of its container. */
export function definition(members: object, task: object = {}): Definition {
  return {
    family: "web",
    executionRoleArn: role("execution"),
    taskRoleArn: role("task"),
    containerDefinitions: [{ name: "web", image: "nginx", memory: 64, ...members }],
    ...task,
  };
}

export function role(name: string): string {
  return `arn:aws:iam::${account}:role/${name}`;
}
