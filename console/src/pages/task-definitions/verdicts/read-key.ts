import { isNotFound, messageOf } from "../../../api/error.ts";
import { delegates } from "./policy.ts";
import type { Reading } from "./reading.ts";
import { simulate } from "./simulate.ts";
import type { Access, KeyState } from "./verdict.ts";

const defaults = /(?:^|:)alias\/aws\/(?:ssm|secretsmanager)$/;

/** Whether the role may decrypt with the key of a secret or parameter, on behalf of its store. `owner`: the account of that. */
export async function readKey(
  reading: Reading,
  id: string,
  owner: string,
  { via, context }: { readonly via: string; readonly context: Readonly<Record<string, string>> },
): Promise<KeyState> {
  const { api, options, place } = reading;
  if (defaults.test(id)) return { kind: "default", isForeign: owner !== place.account };
  const keyId = id.startsWith("arn:") || id.startsWith("alias/") || owner === place.account ? id : undefined;
  if (keyId === undefined) return { kind: "unseen", why: `the key ${id} belongs to account ${owner}` };
  try {
    const { KeyMetadata: key } = await api.call("kms", "DescribeKey", { KeyId: keyId }, options);
    if (key?.KeyManager === "AWS") return { kind: "default", isForeign: key.AWSAccountId !== place.account };
    if (key?.KeyState !== "Enabled") return { kind: "unusable", state: `${key?.Arn ?? id} is ${key?.KeyState}.` };
    const arn = key.Arn ?? keyId;
    const { Policy = "{}" } = await api.call("kms", "GetKeyPolicy", { KeyId: arn, PolicyName: "default" }, options);
    const need = { action: "kms:Decrypt", resource: arn, via };
    const keys = { "kms:ViaService": via, "kms:CallerAccount": place.account, ...context };
    const access = await simulate(reading, need, { context: keys, resourcePolicy: Policy });
    return { kind: "key", access: await weighed(reading, access, arn, delegates(Policy, place.account), Policy) };
  } catch (error) {
    return isNotFound(error) ? { kind: "absent" } : { kind: "unseen", why: `kms: ${messageOf(error)}` };
  }
}

/** What the simulator does not know: grants, and that a key's policy has to let IAM policies decide. */
async function weighed(
  { api, options, role }: Reading,
  access: Access,
  arn: string,
  isDelegated: boolean,
  policy: string,
): Promise<Access> {
  if (access.kind === "unseen" || role.kind !== "ready") return access;
  if (access.kind === "denied" && access.isExplicit) return access;
  if (access.kind === "allowed" && (isDelegated || policy.includes(`"${role.arn}"`))) return access;
  const { Grants = [] } = await api.call("kms", "ListGrants", { KeyId: arn, GranteePrincipal: role.arn }, options);
  if (Grants.length > 0) return { kind: "unseen", why: `grants of ${arn} to ${role.role} were not weighed` };
  return isDelegated ? access : { kind: "unseen", why: `the key policy of ${arn} does not leave the decision to IAM` };
}
