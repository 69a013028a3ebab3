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

/**
 * The resources that inputs refer to. The function that is returned makes those of a service that are missing, by its signing
 * name, and when it is first called those of all. It resolves to the names of all.
 */
export function fixture(
  dispatch: Dispatch,
  services: readonly Service[],
  wire: Wire,
): (service: string) => Promise<Omit<Material, "model">> {
  async function call(service: string, operation: string, input: object): Promise<Record<string, unknown>> {
    const found = services.find(({ signingName }) => signingName === service)!;
    const form = new URLSearchParams({ Action: operation, Version: "2010-05-08", ...input }).toString();
    const body = found.targetPrefix ? JSON.stringify(input) : form;
    const answer = await dispatch(wire(found, operation, body));
    const text = String(answer.body);
    return text.startsWith("<") ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
  let secretArn = "fuzz";
  let keys: readonly string[] = [];
  let blob = "AAAA";

  const makers: Readonly<Record<string, () => Promise<void>>> = {
    async ssm() {
      const put = { Type: "String", Value: "v", Tier: "Advanced" };
      await call("ssm", "PutParameter", { Name: "/fuzz/a", ...put });
      await call("ssm", "PutParameter", { Name: "fuzz", ...put, Type: "SecureString", Tier: "Standard" });
      await call("ssm", "LabelParameterVersion", { Name: "fuzz", Labels: ["label"] });
    },
    async secretsmanager() {
      const input = { Name: "fuzz", SecretString: '{"password":"p"}', ClientRequestToken: "f".repeat(32) };
      await call("secretsmanager", "CreateSecret", input);
      await call("secretsmanager", "RestoreSecret", { SecretId: "fuzz" });
      const { ARN = "fuzz" } = await call("secretsmanager", "DescribeSecret", { SecretId: "fuzz" });
      secretArn = String(ARN);
    },
    async kms() {
      const made = [];
      for (const input of keyInputs) made.push(await keyOf(input));
      keys = made;
      const { CiphertextBlob = "AAAA" } = await call("kms", "Encrypt", { KeyId: made[0]!, Plaintext: "AAAA" });
      blob = String(CiphertextBlob);
    },
    async iam() {
      await call("iam", "CreateRole", { RoleName: "fuzz", AssumeRolePolicyDocument: trust });
      await call("iam", "CreateUser", { UserName: "fuzz" });
      await call("iam", "PutRolePolicy", { RoleName: "fuzz", PolicyName: "fuzz", PolicyDocument: identity });
      await call("iam", "CreatePolicy", { PolicyName: "fuzz", PolicyDocument: identity });
    },
    async ecs() {
      const container = { name: "web", image: "busybox", memory: 64, essential: true };
      await call("ecs", "RegisterTaskDefinition", { family: "fuzz", containerDefinitions: [container] });
      await call("ecs", "CreateService", { serviceName: "fuzz", taskDefinition: "fuzz", desiredCount: 0 });
    },
    async logs() {
      await call("logs", "CreateLogGroup", { logGroupName: "fuzz" });
      await call("logs", "CreateLogStream", { logGroupName: "fuzz", logStreamName: "fuzz" });
    },
    async ecr() {
      await call("ecr", "CreateRepository", { repositoryName: "fuzz" });
    },
  };

  return async (service) => {
    const missing = keys.length === 0 ? Object.values(makers) : [makers[service]];
    for (const make of missing) await make?.();
    return materialOf({ keys, secretArn, blob });
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

interface Made {
  readonly keys: readonly string[];
  readonly secretArn: string;
  /** A ciphertext of the first key. */
  readonly blob: string;
}

function materialOf({ keys, secretArn, blob }: Made): Omit<Material, "model"> {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${testRegion}:${testAccount}:${resource}`;
  const iamArn = (resource: string) => `arn:aws:iam::${testAccount}:${resource}`;
  const secretIds = ["fuzz", secretArn];
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
    [/^(logGroup|logStream|metric)Names?$|^repositoryNames?$/, ["fuzz"]],
    [/^logGroupIdentifiers?$|^resourceIdentifier$/, ["fuzz", arn("logs", "log-group:fuzz")]],
    [/^registryId$/, [testAccount]],
    [/^AccessKeyId$/, ["AKIAIOSFODNN7EXAMPLE"]],
  ] as const;
  return {
    likely,
    names: [...new Set(likely.flatMap(([, values]) => values as readonly string[])), "/", testRegion, testAccount],
    blobs: [blob, "AAAA", Buffer.alloc(32, 1).toString("base64"), Buffer.alloc(70).toString("base64")],
  };
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
