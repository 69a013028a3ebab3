import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { AccessDecision, Principal } from "../../../model/call.ts";
import type { Statement, Trace } from "../../../policy/index.ts";

const purpose = "authorization message";
/** Characters; responses' headers have room for some thousand. */
const longest = 6000;

interface Item {
  readonly value: string;
}

/**
 * Why a request was denied, in a text that only DecodeAuthorizationMessage can read: the caller may not be the one who is
 * to know the policies. `undefined` for a decision that has no trace, or too much to tell.
 */
export function encodeAuthorizationMessage(
  keyring: Keyring,
  principal: Principal,
  decision: AccessDecision,
): string | undefined {
  if (decision.trace === undefined) return undefined;
  const told = JSON.stringify({ account: principal.account, told: tell(principal, decision.trace() as Trace) });
  const message = Buffer.from(keyring.seal(deflateRawSync(told), purpose)).toString("base64url");
  return message.length > longest ? undefined : message;
}

/** The JSON that STS answers. `undefined` where the message was not made here, or for a caller of another account. */
export function decodeAuthorizationMessage(keyring: Keyring, message: string, account: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(message)) return undefined;
  const opened = keyring.open(Buffer.from(message, "base64url"), purpose);
  if (opened === undefined) return undefined;
  const { account: owner, told } = JSON.parse(inflateRawSync(opened).toString());
  return owner === account ? JSON.stringify(told) : undefined;
}

/** AWS's shape: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
function tell({ arn, userId, userName }: Principal, { decision, decisive, request, context = {} }: Trace) {
  const { effect, statement } = decision;
  const matched = decisive ? [tellStatement(decisive, statement?.policy ?? "", userId)] : [];
  const name = userName ?? /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  return {
    allowed: effect === "allow",
    explicitDeny: effect === "explicit-deny",
    matchedStatements: { items: matched },
    failures: { items: [] },
    context: {
      principal: { id: userId, ...(name !== undefined && { name }), arn },
      action: request.action,
      resource: request.resource,
      conditions: tellConditions(Object.entries(context)),
    },
  };
}

function tellStatement(
  { sid = "", effect, action, notAction, resource, notResource, ...rest }: Statement,
  policy: string,
  userId: string,
) {
  return {
    statementId: sid,
    effect: effect.toUpperCase(),
    sourcePolicyId: policy,
    principals: items([userId]),
    principalGroups: items([]),
    actions: items(action ?? notAction ?? []),
    resources: items(resource ?? notResource ?? []),
    conditions: tellConditions(rest.conditions.map(({ key, values }) => [key, values])),
  };
}

function tellConditions(conditions: readonly (readonly [key: string, values: readonly string[]])[]) {
  return { items: conditions.map(([key, values]) => ({ key, values: items(values) })) };
}

function items(values: readonly string[]): { readonly items: readonly Item[] } {
  return { items: values.map((value) => ({ value })) };
}
