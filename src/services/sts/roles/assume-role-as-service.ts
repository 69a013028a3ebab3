import type { Clock } from "../../../clock.ts";
import { denialMessage, evaluate, parsePolicy, type Trace, traceDecision } from "../../../policy/index.ts";
import type { Role } from "../../iam/index.ts";
import type { SessionCredentials } from "../sessions/session.ts";
import type { Sessions } from "../sessions/session-tokens.ts";
import { findRoleByArn, type RoleFinder } from "./find.ts";
import { assumedRoleArn } from "./role.ts";

export interface ServiceAssumption {
  /** The service principal, which the trust policy has to name: `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  readonly roleArn: string;
  /** AWS's services take the task's or the instance's id. */
  readonly sessionName: string;
  /** The role's own maximum does not bind services. */
  readonly durationSeconds: number;
  /** `aws:SourceAccount`, `aws:SourceArn`. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** `trace` is there if the role is. */
type Denied = { readonly denied: string; readonly trace?: Trace };

export type ServiceAssumptionResult =
  | { readonly credentials: SessionCredentials & { readonly roleArn: string } }
  | Denied;

/** The role, if its trust policy lets one of AWS's services assume it. */
export async function roleForService(
  { iam, clock }: { readonly iam: RoleFinder; readonly clock: Clock },
  { service, roleArn, conditions = {} }: Pick<ServiceAssumption, "service" | "roleArn" | "conditions">,
): Promise<{ readonly role: Role } | Denied> {
  const role = await findRoleByArn(iam, roleArn);
  if (!role) return { denied: `The role ${roleArn} cannot be found` };
  const now = clock.now();
  const request = {
    principal: { arn: service, account: "", kind: "service" },
    action: "sts:AssumeRole",
    resource: roleArn,
    resourceAccount: role.account,
    context: {
      "aws:currenttime": now.toISOString(),
      "aws:epochtime": String(Math.floor(now.getTime() / 1000)),
      "aws:principalisawsservice": "true",
      "aws:principalservicename": service,
      "aws:principalservicenameslist": [service],
      ...Object.fromEntries(Object.entries(conditions).map(([key, value]) => [key.toLowerCase(), value])),
    },
  } as const;
  const policy = parsePolicy(role.trustPolicy, "trust");
  const policies = { identity: [], resource: { name: "trust policy", policy }, resourceRule: "alone" } as const;
  const decision = evaluate(request, policies);
  if (decision.effect !== "allow") {
    return { denied: denialMessage(request, decision), trace: traceDecision(request, policies) };
  }
  return { role };
}

/** Makes a session of a role for one of AWS's services, if the role's trust policy lets the service assume it. */
export async function assumeRoleAsService(
  { iam, sessions, clock }: { readonly iam: RoleFinder; readonly sessions: Sessions; readonly clock: Clock },
  assumption: ServiceAssumption,
): Promise<ServiceAssumptionResult> {
  const found = await roleForService({ iam, clock }, assumption);
  if ("denied" in found) return found;
  const { role } = found;
  const { roleArn, sessionName, durationSeconds } = assumption;
  const credentials = sessions.mint(
    {
      kind: "assumed-role",
      arn: assumedRoleArn(roleArn, role, sessionName),
      account: role.account,
      userId: `${role.id}:${sessionName}`,
      roleArn,
    },
    clock.now(),
    durationSeconds,
  );
  return { credentials: { ...credentials, roleArn } };
}
