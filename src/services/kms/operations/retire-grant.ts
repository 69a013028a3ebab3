import { RetireGrantCommand } from "@aws-sdk/client-kms";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { keyNotFound } from "../errors.ts";
import { retirement } from "../grants/access.ts";
import { constraintConditions, grantNotFound, readGrantToken, refuseNoGrantId } from "../grants/request.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { type Key, keyArn } from "../keys/key.ts";

interface Input {
  readonly GrantToken?: string;
  readonly KeyId?: string;
  readonly GrantId?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html */
export const retireGrant = operation(RetireGrantCommand)({
  async find(input, call, context: Kms) {
    const { key, arn, grantId } = await findNamed(context, call, input);
    const grant = await context.store.grants.find(key, grantId);
    if (!grant) throw grantNotFound(grantId);
    return { key, arn, grant };
  },
  access: ({ key, arn, grant }, _input, call) => ({
    ...keyAccess(call, { key, arn }, constraintConditions(grant.constraint)),
    // The key's policy and identity policies alone allow nobody to retire a grant.
    resourcePolicy: { name: "default", document: key.policy, rule: "denies" },
    grants: async () => [retirement(grant, call.partition)],
  }),
  async run({ key, grant }, input, { store }) {
    refuseDryRun(input.DryRun);
    if (!(await store.grants.delete(key, grant.id))) throw grantNotFound(grant.id);
    return {};
  },
});

interface NamedGrant {
  readonly key: Key;
  readonly arn: string;
  readonly grantId: string;
}

/** The grant that the request names, by its token or by its key and id. */
async function findNamed(context: Kms, call: Call, input: Input): Promise<NamedGrant> {
  const { GrantToken: token, KeyId: keyId, GrantId: grantId } = input;
  if (token !== undefined) {
    if (keyId !== undefined || grantId !== undefined) {
      throw validationException("Specify either a grant token, or a key ID and a grant ID, but not both.");
    }
    const named = readGrantToken(token);
    const key = await context.store.keys.find(call.region, named.keyId);
    if (!key) throw keyNotFound(keyArn(call, named.keyId));
    return { key, arn: keyArn({ ...call, account: key.account }, key.id), grantId: named.grantId };
  }
  if (keyId === undefined || grantId === undefined) {
    throw validationException("You must specify a grant token, or a key ID and a grant ID.");
  }
  refuseNoGrantId(grantId);
  const takes = { operation: "RetireGrant", managed: true, otherAccounts: true } as const;
  return { ...(await findKey(context, call, keyId, takes)), grantId };
}
