import { parseArn } from "../../arn.ts";
import type { Clock } from "../../clock.ts";
import type { Trace } from "../../policy/index.ts";
import { assumptionDenied } from "../../services/ecs/index.ts";
import type { Role } from "../../services/iam/index.ts";
import { roleForService } from "../../services/sts/index.ts";
import { type Account, onceFor, Unseen } from "../account/account.ts";
import type { Definition, Outcome, RoleFact } from "./subject.ts";
import { someTask } from "./tools.ts";

type Member = "executionRoleArn" | "taskRoleArn";

export interface TriedRole {
  readonly fact: RoleFact;
  readonly role: Role | undefined;
}

/** A role of the definition as ECS assumes it for a task of the cluster; `undefined` where it names none. */
export async function tryRole(
  account: Account,
  clock: Clock,
  definition: Definition,
  member: Member,
  cluster: string,
): Promise<TriedRole | undefined> {
  const given = definition[member];
  if (!given) return undefined;
  const { id, partition } = account;
  const arn = given.startsWith("arn:") ? given : `arn:${partition}:iam::${id}:role/${given}`;
  const { fact, role } = await onceFor(account, `role ${arn} ${cluster}`, () => assume(account, clock, arn, cluster));
  return { fact: { ...fact, pointer: `/${member}` }, role };
}

async function assume(
  account: Account,
  clock: Clock,
  arn: string,
  cluster: string,
): Promise<{ readonly fact: Omit<RoleFact, "pointer">; readonly role: Role | undefined }> {
  const { id, region, partition } = account;
  const fact = (outcome: Outcome, isMissing = false, trace?: Trace) => ({ outcome, arn, isMissing, trace });
  const failed: Outcome = { kind: "failed", reason: assumptionDenied(arn) };
  try {
    const role = await account.role(arn);
    if (!role) return { fact: fact(failed, true), role };
    const conditions = {
      "aws:SourceAccount": parseArn(arn)?.account ?? id,
      "aws:SourceArn": `arn:${partition}:ecs:${region}:${id}:task/${cluster}/${someTask}`,
    };
    const roles = { find: async () => role };
    const found = await roleForService(
      { iam: { roles }, clock },
      { service: "ecs-tasks.amazonaws.com", roleArn: arn, conditions },
    );
    if (!("denied" in found)) return { fact: fact({ kind: "ok" }), role };
    // A path that is not the role's: IAM knows no role of that ARN.
    return { fact: fact(failed, found.trace === undefined, found.trace), role: found.trace && role };
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    return { fact: fact({ kind: "unknown", unseen: error }), role: undefined };
  }
}
