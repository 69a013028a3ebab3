import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
} from "@aws-sdk/client-secrets-manager";
import { parseArn } from "../../arn.ts";
import { defined } from "../../defined.ts";
import type { Secret } from "../../services/secrets-manager/index.ts";
import { once, type SecretContent, see, seen, type VersionAsked } from "./account.ts";
import type { Calls } from "./calls.ts";
import { everything } from "./roles.ts";

const absent = ["ResourceNotFoundException"];

/** Secrets: what DescribeSecret tells, the resource policy, and values only if `values` is set. */
export function secretsReader(calls: Calls, values: boolean) {
  const secret = once(async (region: string, id: string): Promise<Secret | undefined> => {
    const described = await see(
      "secretsmanager:DescribeSecret",
      id,
      () => calls.send(new DescribeSecretCommand({ SecretId: id }), region),
      absent,
    );
    if (described?.ARN === undefined) return undefined;
    const { ARN: SecretId } = described;
    // Nothing but DescribeSecret tells about a secret that is marked for deletion, and nobody may read it.
    if (described.DeletedDate !== undefined) return shape(described, region, undefined);
    const call = () => calls.send(new GetResourcePolicyCommand({ SecretId }), region);
    const policy = await seen("secretsmanager:GetResourcePolicy", SecretId, call);
    return shape(described, region, policy.ResourcePolicy);
  });

  const secretVersions = once(async (region: string, SecretId: string) => {
    return everything(async (NextToken) => {
      const call = () =>
        calls.send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true, NextToken }), region);
      const page = await seen("secretsmanager:ListSecretVersionIds", SecretId, call);
      return { items: (page.Versions ?? []).map(({ VersionId = "" }) => VersionId), next: page.NextToken };
    });
  });

  const read = once(async (region: string, SecretId: string, versionId: string, stage: string) => {
    const version = defined({ VersionId: versionId || undefined, VersionStage: stage || undefined });
    const call = () => calls.send(new GetSecretValueCommand({ SecretId, ...version }), region);
    const { SecretString: text, SecretBinary: binary } = await seen("secretsmanager:GetSecretValue", SecretId, call);
    return text === undefined ? { binary: binary ?? new Uint8Array() } : { text };
  });

  return {
    secret,
    secretVersions,
    async secretValue(region: string, id: string, version: VersionAsked): Promise<SecretContent | undefined> {
      return values ? read(region, id, version.versionId ?? "", version.stage ?? "") : undefined;
    },
  };
}

function shape(described: DescribeSecretCommandOutput, region: string, resourcePolicy: string | undefined): Secret {
  const { ARN: arn = "", Name: name = "", PrimaryRegion: primary, VersionIdsToStages: versions = {} } = described;
  const stages = Object.entries(versions).flatMap(([id, labels]) => labels.map((label) => [label, id] as const));
  return {
    arn,
    account: parseArn(arn)?.account ?? "",
    region,
    name,
    description: described.Description,
    kmsKeyId: described.KmsKeyId,
    tags: described.Tags?.map(({ Key: key = "", Value: value = "" }) => ({ key, value })),
    resourcePolicy,
    stages: new Map(stages),
    createdAt: described.CreatedDate ?? new Date(0),
    changedAt: described.LastChangedDate ?? new Date(0),
    accessedOn: described.LastAccessedDate,
    deletesAt: described.DeletedDate,
    primaryRegion: primary === region ? undefined : primary,
    replicas: [],
    ...defined({ rotationFunctionArn: described.RotationLambdaARN }),
  };
}
