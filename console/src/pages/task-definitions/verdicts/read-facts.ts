import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { Api, CallOptions } from "../../../api/client.ts";
import { isNotFound, messageOf } from "../../../api/error.ts";
import type { Wire } from "../../../api/wire.ts";
import { trustOf } from "./policy.ts";
import { readKey } from "./read-key.ts";
import type { Reading } from "./reading.ts";
import { type Reference, referencesOf, type Target, targetOf } from "./references.ts";
import { type Answer, simulate } from "./simulate.ts";
import {
  type Access,
  type Facts,
  type KeyState,
  nameOf,
  type RoleState,
  type Stored,
  similarTo,
  verdictOf,
} from "./verdict.ts";

export interface Checked extends Reference {
  readonly target: Target;
  readonly verdict: ReturnType<typeof verdictOf>;
}

/** The verdict on each reference, from what the reader of the page may see. No value is read. */
export async function readVerdicts(
  api: Api,
  options: CallOptions,
  definition: Wire<TaskDefinition>,
): Promise<readonly Checked[]> {
  const [, partition = "aws", , region = api.region, account = ""] = (definition.taskDefinitionArn ?? "").split(":");
  const place = { partition, region, account };
  const references = referencesOf(definition.containerDefinitions ?? []);
  if (references.length === 0) return [];
  const reading = { api, options, place, role: await readRole({ api, options, place }, definition.executionRoleArn) };
  const checked: Checked[] = [];
  // A few at a time: a definition may have a hundred references.
  for (let begin = 0; begin < references.length; begin += 5) {
    checked.push(...(await Promise.all(references.slice(begin, begin + 5).map((one) => check(reading, one)))));
  }
  return checked;
}

async function check(reading: Reading, reference: Reference): Promise<Checked> {
  const target = targetOf(reference, reading.place);
  const facts: Facts = { reference, target, role: reading.role, ...(await factsOf(reading, target)) };
  return { ...reference, target, verdict: verdictOf(facts) };
}

async function readRole({ api, options, place }: Omit<Reading, "role">, role: string | undefined): Promise<RoleState> {
  if (!role) return { kind: "none" };
  const name = role.split("/").at(-1) ?? role;
  try {
    const { Role } = await api.call("iam", "GetRole", { RoleName: name }, options);
    const arn = Role?.Arn ?? role;
    if (role.startsWith("arn:") && role !== arn) return { kind: "missing", role };
    const trust = trustOf(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}"), place);
    if (trust === "untrusted") return { kind: "untrusted", role: name };
    if (trust === "trusted") return { kind: "ready", role: name, arn };
    return { kind: "ready", role: name, arn, doubt: `the conditions of the trust policy of ${name} were not weighed` };
  } catch (error) {
    return isNotFound(error)
      ? { kind: "missing", role }
      : { kind: "unseen", role: name, why: `iam:GetRole: ${messageOf(error)}` };
  }
}

type Found = Pick<Facts, "stored" | "access" | "key">;

const nothing = { access: [], key: { kind: "none" } } as const;

async function factsOf(reading: Reading, target: Target): Promise<Found> {
  const { place } = reading;
  if (target.store === "malformed") return { ...nothing, stored: { kind: "object" } };
  if (target.store === "s3")
    return { ...nothing, stored: { kind: "object" }, access: await fileAccess(reading, target.arn) };
  if (target.region !== place.region || target.region !== reading.api.region) {
    const why = `${target.region} is another Region than the one that this page asks`;
    return { ...nothing, stored: { kind: "unseen", why } };
  }
  return target.store === "ssm" ? parameterFacts(reading, target) : secretFacts(reading, target);
}

async function fileAccess(reading: Reading, arn: string): Promise<readonly Access[]> {
  const bucket = arn.split("/")[0] ?? arn;
  return Promise.all([
    simulate(reading, { action: "s3:GetObject", resource: arn }),
    simulate(reading, { action: "s3:GetBucketLocation", resource: bucket }),
  ]);
}

async function parameterFacts(reading: Reading, target: Target & { store: "ssm" }): Promise<Found> {
  const { api, options, place } = reading;
  if (target.account !== place.account) {
    return { ...nothing, stored: { kind: "unseen", why: `the parameter belongs to account ${target.account}` } };
  }
  if (target.name.startsWith("/aws/reference/secretsmanager/")) {
    return { ...nothing, stored: { kind: "unseen", why: "the parameter refers to a secret of Secrets Manager" } };
  }
  let stored: Stored;
  let key: KeyState = { kind: "none" };
  let tags: Readonly<Record<string, string>> = {};
  try {
    const filter = { Key: "Name", Option: "Equals", Values: [target.name] };
    const { Parameters = [] } = await api.call("ssm", "DescribeParameters", { ParameterFilters: [filter] }, options);
    const [parameter] = Parameters;
    if (!parameter) return { ...nothing, stored: { kind: "absent" } };
    stored =
      target.selector === "" || /^\d+$/.test(target.selector)
        ? { kind: "parameter", version: parameter.Version ?? 1 }
        : { kind: "unseen", why: `which version has the label "${target.selector}" is told only together with values` };
    const { TagList = [] } = await api.call(
      "ssm",
      "ListTagsForResource",
      { ResourceType: "Parameter", ResourceId: target.name },
      options,
    );
    tags = Object.fromEntries(TagList.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value ?? ""]));
    if (parameter.Type === "SecureString") {
      key = await readKey(reading, parameter.KeyId ?? "alias/aws/ssm", place.account, {
        via: `ssm.${target.region}.amazonaws.com`,
        context: { "kms:EncryptionContext:PARAMETER_ARN": target.arn },
      });
    }
  } catch (error) {
    return { ...nothing, stored: { kind: "unseen", why: `ssm: ${messageOf(error)}` } };
  }
  const access = await simulate(reading, { action: "ssm:GetParameters", resource: target.arn }, { context: tags });
  return { stored, access: [access], key };
}

async function secretFacts(reading: Reading, target: Target & { store: "secretsmanager" }): Promise<Found> {
  const { api, options } = reading;
  let found: Answer<"secretsmanager", "DescribeSecret">;
  try {
    found = await api.call("secretsmanager", "DescribeSecret", { SecretId: target.secretId }, options);
  } catch (error) {
    if (!isNotFound(error)) {
      return { ...nothing, stored: { kind: "unseen", why: `secretsmanager:DescribeSecret: ${messageOf(error)}` } };
    }
    return { ...nothing, stored: await absent(reading, target) };
  }
  const { ARN: arn = target.secretId, Name: name = "", Tags = [], VersionIdsToStages: versions = {} } = found;
  const stored: Stored = {
    kind: "secret",
    secret: { arn, name, isDeleted: found.DeletedDate !== undefined, versions },
  };
  const owner = arn.split(":")[4] ?? "";
  const key = await readKey(reading, found.KmsKeyId ?? "alias/aws/secretsmanager", owner, {
    via: `secretsmanager.${target.region}.amazonaws.com`,
    context: { "kms:EncryptionContext:SecretARN": arn },
  });
  try {
    const { ResourcePolicy } = await api.call("secretsmanager", "GetResourcePolicy", { SecretId: arn }, options);
    const tags = Tags.flatMap(({ Key, Value = "" }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`secretsmanager:ResourceTag/${Key}`, Value],
    ]);
    const context: Record<string, string> = { "secretsmanager:SecretId": arn, ...Object.fromEntries(tags) };
    if (target.stage !== undefined) context["secretsmanager:VersionStage"] = target.stage;
    if (target.versionId !== undefined) context["secretsmanager:VersionId"] = target.versionId;
    const need = { action: "secretsmanager:GetSecretValue", resource: arn };
    return { stored, key, access: [await simulate(reading, need, { context, resourcePolicy: ResourcePolicy })] };
  } catch (error) {
    const why = `secretsmanager:GetResourcePolicy: ${messageOf(error)}`;
    return { stored, key, access: [{ kind: "unseen", why }] };
  }
}

/** Looks whether another secret was meant; that it cannot look changes nothing of what is known. */
async function absent({ api, options }: Reading, { secretId }: { readonly secretId: string }): Promise<Stored> {
  if (!secretId.startsWith("arn:")) return { kind: "absent" };
  try {
    const filter = { Key: "name" as const, Values: [nameOf(secretId)] };
    const { SecretList = [] } = await api.call("secretsmanager", "ListSecrets", { Filters: [filter] }, options);
    const secrets = SecretList.map(({ Name: name = "", ARN: arn = "" }) => ({ name, arn }));
    const similar = similarTo(secretId, secrets);
    return { kind: "absent", ...(similar && { similar }) };
  } catch {
    return { kind: "absent" };
  }
}
