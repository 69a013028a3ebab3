import type { Dispatch } from "../../src/front-door/dispatcher.ts";
import type { Service } from "../../src/front-door/service.ts";
import type { WireRequest } from "../../src/wire/protocol.ts";
import { testAccount, testRegion } from "../support/in-process.ts";
import type { Material } from "./inputs.ts";

const allowAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${testAccount}:root` }, Action: "*", Resource: "*" }],
});
const identity = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ssm:*","Resource":"*"}}';
const trust = allowAll.replace('"*","Resource":"*"', '"sts:AssumeRole"');

type Wire = (service: Service, operation: string, body: string) => WireRequest;

/** Makes the missing ones of the resources that inputs refer to. Resolves to the names of all. */
export async function fixture(
  dispatch: Dispatch,
  services: readonly Service[],
  wire: Wire,
): Promise<Omit<Material, "model">> {
  async function call(service: string, operation: string, input: object): Promise<Record<string, unknown>> {
    const found = services.find(({ signingName }) => signingName === service)!;
    const form = new URLSearchParams({ Action: operation, Version: "2010-05-08", ...input }).toString();
    const body = found.targetPrefix ? JSON.stringify(input) : form;
    const answer = await dispatch(wire(found, operation, body));
    const text = String(answer.body);
    return text.startsWith("<") ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
  const put = { Type: "String", Value: "v", Tier: "Advanced" };
  await call("ssm", "PutParameter", { Name: "/fuzz/a", ...put });
  await call("ssm", "PutParameter", { Name: "fuzz", ...put, Type: "SecureString", Tier: "Standard" });
  await call("ssm", "LabelParameterVersion", { Name: "fuzz", Labels: ["label"] });
  await call("secretsmanager", "CreateSecret", {
    Name: "fuzz",
    SecretString: '{"password":"p"}',
    ClientRequestToken: "f".repeat(32),
  });
  await call("secretsmanager", "RestoreSecret", { SecretId: "fuzz" });
  const secret = (await call("secretsmanager", "DescribeSecret", { SecretId: "fuzz" })) as {
    ARN?: string;
    VersionIdsToStages?: object;
  };
  const keys = [];
  for (const input of keyInputs) keys.push(await keyOf(input));
  await call("iam", "CreateRole", { RoleName: "fuzz", AssumeRolePolicyDocument: trust });
  await call("iam", "CreateUser", { UserName: "fuzz" });
  await call("iam", "PutRolePolicy", { RoleName: "fuzz", PolicyName: "fuzz", PolicyDocument: identity });
  await call("iam", "CreatePolicy", { PolicyName: "fuzz", PolicyDocument: identity });
  const container = { name: "web", image: "busybox", memory: 64, essential: true };
  await call("ecs", "RegisterTaskDefinition", { family: "fuzz", containerDefinitions: [container] });
  await call("ecs", "CreateService", { serviceName: "fuzz", taskDefinition: "fuzz", desiredCount: 0 });
  const { CiphertextBlob: blob = "AAAA" } = await call("kms", "Encrypt", { KeyId: keys[0]!, Plaintext: "AAAA" });
  const arn = (service: string, resource: string) => `arn:aws:${service}:${testRegion}:${testAccount}:${resource}`;
  const iamArn = (resource: string) => `arn:aws:iam::${testAccount}:${resource}`;
  const secretIds = ["fuzz", secret.ARN ?? "fuzz"];
  const keyIds = [...keys, arn("kms", `key/${keys[0]}`), "alias/fuzz-SYMMETRIC_DEFAULT"];
  const policies = [allowAll, identity, trust, "{}", allowAll.slice(0, -1)];
  const likely = [
    [/^(Target|Source|Destination|Kms)?KeyId$/, keyIds],
    [/^KeyId$/, keys.slice(0, 1)],
    [/^(Source)?AliasName$/, ["alias/fuzz-SYMMETRIC_DEFAULT", "alias/new"]],
    [/^SecretId/, secretIds],
    [/^(ClientRequestToken|(MoveTo|RemoveFrom)?VersionId)$/, ["f".repeat(32), "e".repeat(32)]],
    [/^VersionStages?$/, ["AWSCURRENT", "AWSPENDING"]],
    [/^Regions?$|^Replica/, ["eu-west-1", "us-west-2"]],
    [/^(Names?|ResourceId)$/, ["/fuzz/a", "fuzz", arn("ssm", "parameter/fuzz/a"), "fuzz:label"]],
    [/^Path$/, ["/fuzz", "/"]],
    [/^ResourceType$/, ["Parameter"]],
    [/^Labels?$/, ["label"]],
    [/^SettingId$/, ["/ssm/parameter-store/default-parameter-tier"]],
    [/^SettingValue$/, ["Standard"]],
    [/^ResourceArn$|^resourceArn$/, [arn("ssm", "parameter/fuzz/a"), arn("ecs", "cluster/default")]],
    [/^(Role|User|Policy|RoleSession|InstanceProfile)Name$/, ["fuzz"]],
    [/^(RoleArn|GranteePrincipal|RetiringPrincipal)$|RoleArn$/, [iamArn("role/fuzz"), iamArn("user/fuzz")]],
    [/^(Policy|PermissionsBoundary)(Arn)?$/, [iamArn("policy/fuzz"), "arn:aws:iam::aws:policy/AdministratorAccess"]],
    [/polic|document/i, policies],
    [/^cluster/, ["default"]],
    [/^(service|taskDefinition|family)/, ["fuzz"]],
    [/^AccessKeyId$/, ["AKIAIOSFODNN7EXAMPLE"]],
  ] as const;
  return {
    likely,
    names: [...new Set(likely.flatMap(([, values]) => values as readonly string[])), "/", testRegion, testAccount],
    blobs: [String(blob), "AAAA", Buffer.alloc(32, 1).toString("base64"), Buffer.alloc(70).toString("base64")],
  };

  /** Finds the key by its alias, or makes both. */
  async function keyOf(input: { readonly KeySpec: string }): Promise<string> {
    const alias = `alias/fuzz-${input.KeySpec}`;
    const { KeyMetadata: found } = (await call("kms", "DescribeKey", { KeyId: alias })) as { KeyMetadata?: Key };
    if (found?.KeyState === "Enabled") return found.KeyId;
    await call("kms", "DeleteAlias", { AliasName: alias });
    const { KeyMetadata: made } = (await call("kms", "CreateKey", input)) as { KeyMetadata: Key };
    await call("kms", "CreateAlias", { AliasName: alias, TargetKeyId: made.KeyId });
    return made.KeyId;
  }
}

interface Key {
  readonly KeyId: string;
  readonly KeyState: string;
}

const keyInputs = [
  { KeySpec: "SYMMETRIC_DEFAULT" },
  { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
  { KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" },
  { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
];
