import { deflateRawSync, inflateRawSync } from "node:zlib";
import { defined } from "../../../defined.ts";
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
 * Why a request was denied, in a text that only DecodeAuthorizationMessage can read: the caller may have no right to know
 * the policies. `undefined` for a decision that has no trace, or one that is too long.
 */
export function encodeAuthorizationMessage(
  keyring: Keyring,
  principal: Principal,
  decision: AccessDecision,
): string | undefined {
  if (decision.trace === undefined) return undefined;
  const text = JSON.stringify({ account: principal.account, reason: describe(principal, decision.trace() as Trace) });
  const message = Buffer.from(keyring.seal(deflateRawSync(text), purpose)).toString("base64url");
  return message.length > longest ? undefined : message;
}

/** The JSON that STS answers. `undefined` for a message that this server did not make, and for callers of another account. */
export function decodeAuthorizationMessage(keyring: Keyring, message: string, account: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(message)) return undefined;
  const opened = keyring.open(Buffer.from(message, "base64url"), purpose);
  if (opened === undefined) return undefined;
  const { account: owner, reason } = JSON.parse(inflateRawSync(opened).toString());
  return owner === account ? JSON.stringify(reason) : undefined;
}

/** AWS's shape: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
function describe({ arn, userId, userName }: Principal, { decision, decisive, request, context = {} }: Trace) {
  const { effect, statement } = decision;
  const matched = decisive ? [describeStatement(decisive, statement?.policy ?? "", userId)] : [];
  const name = userName ?? /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  return {
    allowed: effect === "allow",
    explicitDeny: effect === "explicit-deny",
    matchedStatements: { items: matched },
    failures: { items: [] },
    context: {
      principal: { id: userId, ...defined({ name }), arn },
      action: request.action,
      resource: request.resource,
      conditions: describeConditions(Object.entries(context)),
    },
  };
}

function describeStatement(
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
    conditions: describeConditions(rest.conditions.map(({ key, values }) => [key, values])),
  };
}

function describeConditions(conditions: readonly (readonly [key: string, values: readonly string[]])[]) {
  return { items: conditions.map(([key, values]) => ({ key, values: items(values) })) };
}

function items(values: readonly string[]): { readonly items: readonly Item[] } {
  return { items: values.map((value) => ({ value })) };
}
