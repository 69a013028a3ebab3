import { createHash } from "node:crypto";
import { parseArn } from "../../arn.ts";
import type { Repository } from "../../services/ecr/index.ts";
import type { Secret } from "../../services/secrets-manager/index.ts";

/** The policy of another account's resource that would let all of an account use it. */
export function allowing(account: string): string {
  const Statement = { Effect: "Allow", Principal: { AWS: account }, Action: "*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** A key's id that is the same whenever it is made, as values are sealed once. */
export function unseenId(...of: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(of)).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** Another account's secret that may be read by all of `reader`. */
export function unseenSecret(region: string, arn: string, reader: string): Secret {
  const { account = "", resource = "" } = parseArn(arn) ?? {};
  return {
    ...noSecret,
    arn,
    account,
    region,
    name: resource.replace(/^secret:/, ""),
    resourcePolicy: allowing(reader),
  };
}

const noSecret = {
  description: undefined,
  // Nobody in another account could use the default one.
  kmsKeyId: "unseen",
  tags: undefined,
  stages: new Map<string, string>(),
  createdAt: new Date(0),
  changedAt: new Date(0),
  accessedOn: undefined,
  deletesAt: undefined,
  primaryRegion: undefined,
  replicas: [],
} as const;

export const unseenVersion = {
  versionId: "",
  kind: "string",
  keyArn: undefined,
  createdAt: new Date(0),
  accessedOn: undefined,
} as const;

/** As `unseenSecret`, of Amazon ECR. */
export function unseenRepository(
  place: { readonly account: string; readonly region: string; readonly name: string },
  reader: string,
): Repository {
  return { ...noRepository, ...place, policy: allowing(reader) };
}

const noRepository = {
  id: "",
  createdAt: new Date(0),
  tagMutability: "MUTABLE",
  mutabilityExclusions: [],
  scanOnPush: false,
  lifecyclePolicy: undefined,
  lifecycleEvaluatedAt: undefined,
  tags: [],
} as const;
