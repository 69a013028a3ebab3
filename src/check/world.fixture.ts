import { gzipSync } from "node:zlib";
import { allow, type Clients, clientsOf, createRole, policy, trust } from "../../test/support/clients.ts";
import { databases } from "../../test/support/databases.ts";
import { testAccount as account, testRegion as region } from "../../test/support/in-process.ts";
import { memberAccount } from "../../test/support/member-account.ts";
import { type Credentials, keepTime, served } from "../../test/support/served.ts";
import { systemClock } from "../clock.ts";
import type { Definition, LaunchType } from "./facts/subject.ts";
import { type Account, type Checked, checkDefinition, sdkAccount, sealiftCalls } from "./index.ts";

const execution = [
  "secretsmanager:GetSecretValue",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "kms:Decrypt",
  "ecr:*",
  "logs:*",
  "s3:GetObject",
  "s3:GetBucketLocation",
];

/** How a check is made; without values, as the root user, unless given. */
export interface CheckGiven {
  readonly values?: boolean;
  readonly isAws?: boolean;
  readonly credentials?: (world: World) => Credentials;
  readonly launchType?: LaunchType;
  readonly overrides?: string;
  /** The account as the check is to see it. */
  readonly seen?: (account: Account) => Account;
}

/** Another account of the organization. */
export const member = "222233334444";

/** A served control plane with a bit of everything that definitions refer to. */
export async function openWorld() {
  const context = await served(await databases()[0]!.open());
  keepTime(context.clock);
  const clients = context.as();
  const secrets = await makeSecrets(clients);
  await makeParameters(clients);
  await makeRoles(clients);
  await clients.logs.createLogGroup({ logGroupName: "/ecs/web" });
  await clients.ecr.createRepository({ repositoryName: "team/web" });
  const { endpoint, root } = context;

  const other = await makeMember(clients);

  async function check(definition: Definition, given: CheckGiven = {}): Promise<Checked> {
    const {
      values = false,
      isAws = false,
      credentials = () => root,
      launchType,
      overrides,
      seen = (all) => all,
    } = given;
    using calls = sealiftCalls({ endpoint, region, credentials: credentials(world) }, systemClock);
    const account = seen(await sdkAccount({ calls, isAws, values }));
    const text = JSON.stringify(definition, undefined, 2);
    const options = { account, clock: systemClock, cluster: "default", launchType, overrides };
    return checkDefinition({ name: "web.json", text }, options);
  }

  const world = {
    ...context,
    clients,
    secrets: { ...secrets, foreign: other.secret },
    member: other.credentials,
    check,
  };
  return world;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** An account with a role, and a secret under its default key that the first account may read. */
async function makeMember(clients: Clients) {
  const access = await memberAccount(clients, member);
  const own = clientsOf(access);
  await createRole(own, "execution", [allow(execution)]);
  const { ARN = "" } = await own.secretsManager.createSecret({ Name: "foreign", SecretString: "x" });
  await own.secretsManager.putResourcePolicy({
    SecretId: ARN,
    ResourcePolicy: policy({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "secretsmanager:*",
      Resource: "*",
    }),
  });
  return { credentials: access.credentials, secret: ARN };
}

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
    large: [await make("large-1", "x".repeat(65_536)), await make("large-2", "x".repeat(65_536))] as const,
  };
  await kms.disableKey({ KeyId: disabled });
  await kms.putKeyPolicy({ KeyId: closed, Policy: rootOnly });
  await secretsManager.deleteSecret({ SecretId: made.gone });
  return made;
}

async function makeParameters({ ssm }: Clients) {
  const names = ["/app/url", "awsExampleParameter", "/bad/1st", "/clash/a-b", "/clash/a_b"];
  for (const Name of names) {
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
  // What AWS's managed policy AmazonEC2ContainerRegistryPullOnly allows a role to read.
  await createRole(clients, "puller", [
    allow([
      "ecr:GetAuthorizationToken",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "ecr:BatchImportUpstreamImage",
    ]),
  ]);
  await createRole(clients, "writer", [allow(["logs:CreateLogStream", "logs:PutLogEvents"])]);
  await createRole(clients, "bounded", [allow(execution)]);
  const boundary = policy(allow(["secretsmanager:*", "ssm:*"]));
  const { Policy } = await iam.createPolicy({ PolicyName: "boundary", PolicyDocument: boundary });
  await iam.putRolePermissionsBoundary({ RoleName: "bounded", PermissionsBoundary: Policy?.Arn });
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
