import type { ContextEntry } from "@aws-sdk/client-iam";
import { messageOf } from "../../../api/error.ts";
import type { ServiceName, Services } from "../../../api/services.ts";
import type { OperationName, Output } from "../../../api/wire.ts";
import type { Reading } from "./reading.ts";
import type { Access, Need } from "./verdict.ts";

export type Answer<Service extends ServiceName, Name extends OperationName<Services[Service]>> = Output<
  Services[Service],
  Name
>;

export interface Request {
  /** Condition keys of the request and the resource. */
  readonly context?: Readonly<Record<string, string>>;
  readonly resourcePolicy?: string | undefined;
}

/** What IAM's simulator says to a call of the execution role. A denial that hangs on keys which the page does not know is no verdict. */
export async function simulate(
  { api, options, place, role }: Pick<Reading, "api" | "options" | "place" | "role">,
  need: Need,
  { context = {}, resourcePolicy }: Request = {},
): Promise<Access> {
  if (role.kind !== "ready") return { kind: "unseen", why: "the execution role is not known" };
  const keys = { "aws:RequestedRegion": place.region, "aws:SecureTransport": "true", ...context };
  const entries = Object.entries(keys).map(
    ([ContextKeyName, value]): ContextEntry => ({
      ContextKeyName,
      ContextKeyType: ContextKeyName === "aws:SecureTransport" ? "boolean" : "string",
      ContextKeyValues: [value],
    }),
  );
  try {
    const { EvaluationResults: [result] = [] } = await api.call(
      "iam",
      "SimulatePrincipalPolicy",
      {
        ...{ PolicySourceArn: role.arn, ActionNames: [need.action], ResourceArns: [need.resource] },
        ContextEntries: entries,
        ...(resourcePolicy !== undefined && { ResourcePolicy: resourcePolicy, CallerArn: role.arn }),
      },
      options,
    );
    const decision = result?.EvalDecision;
    if (decision === "allowed") return { kind: "allowed" };
    if (decision === undefined) return { kind: "unseen", why: "iam:SimulatePrincipalPolicy gave no decision" };
    if (result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) {
      // A statement of the role's own policies does not lift its boundary.
      return { kind: "denied", isExplicit: true, need };
    }
    const missing = unknownKeys(need.action, result?.MissingContextValues ?? []);
    if (missing.length > 0) {
      const why = `the policies ask for ${missing.join(", ")}, which only the request itself has`;
      return { kind: "unseen", why: `${need.action} on ${need.resource}: ${why}` };
    }
    return { kind: "denied", isExplicit: decision === "explicitDeny", need };
  } catch (error) {
    return { kind: "unseen", why: `iam:SimulatePrincipalPolicy: ${messageOf(error)}` };
  }
}

/** Of the keys that the policies ask for and the page has not given, those that a request for the action can have. */
export function unknownKeys(action: string, keys: readonly string[]): readonly string[] {
  const services = ["aws", action.split(":")[0]?.toLowerCase()];
  return keys.filter((key) => services.includes(key.split(":")[0]?.toLowerCase()));
}
