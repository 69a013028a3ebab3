import { RetireGrantCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { type KeyGrant, retirement } from "../grants/grant.ts";
import { constraintConditions, grantNotFound, refuseNoGrantId } from "../grants/request.ts";
import { readGrantToken } from "../grants/token.ts";
import { accessToKey, refuseAlias } from "../keys/access.ts";
import { type FoundKey, keyNotFound } from "../keys/find.ts";
import { keyArn } from "../keys/key.ts";

interface Input {
  readonly GrantToken?: string;
  readonly KeyId?: string;
  readonly GrantId?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html */
export const retireGrant = operation(RetireGrantCommand)({
  async access(input, call, context: Kms) {
    const { found, grant } = await requestedGrant(context, call, input);
    const access = accessToKey(
      call,
      "RetireGrant",
      { key: found.key, arn: found.arn },
      constraintConditions(grant.constraint),
    );
    return {
      ...access,
      // The key's policy and identity policies alone allow nobody to retire a grant.
      resourcePolicy: { name: "default", document: found.key.policy, rule: "denies" },
      grants: async () => [retirement(grant, call.partition)],
    };
  },
  async run(input, context, call) {
    const { found, grant } = await requestedGrant(context, call, input);
    refuseDryRun(input.DryRun);
    if (!(await context.keys.deleteGrant(found.key, grant.id))) throw grantNotFound(grant.id);
    return {};
  },
});

async function requestedGrant(
  context: Kms,
  call: Call,
  input: Input,
): Promise<{ readonly found: FoundKey; readonly grant: KeyGrant }> {
  const { found, grantId } = await requestedNames(context, call, input);
  const grant = await context.keys.findGrant(found.key, grantId);
  if (!grant) throw grantNotFound(grantId);
  return { found, grant };
}

async function requestedNames(context: Kms, call: Call, { GrantToken: token, KeyId: keyId, GrantId: grantId }: Input) {
  if (token !== undefined) {
    if (keyId !== undefined || grantId !== undefined) {
      throw validation("Specify either a grant token, or a key ID and a grant ID, but not both.");
    }
    const named = readGrantToken(token);
    const key = await context.keys.find(call.region, named.keyId);
    if (!key) throw keyNotFound(keyArn(call, named.keyId));
    return { found: { key, arn: keyArn({ ...call, account: key.account }, key.id) }, grantId: named.grantId };
  }
  if (keyId === undefined || grantId === undefined) {
    throw validation("You must specify a grant token, or a key ID and a grant ID.");
  }
  refuseNoGrantId(grantId);
  refuseAlias(call, keyId);
  return { found: await requestedKey(context, call, keyId), grantId };
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
