import { parseArn } from "../../arn.ts";
import type { Clock } from "../../clock.ts";
import type { Role } from "../../services/iam/index.ts";
import type { Account, Unseen } from "../account/account.ts";
import type { Definition } from "../facts/subject.ts";
import { ifSeen } from "../facts/tools.ts";
import { recordMissing } from "./recorder.ts";
import { identityStatements, type PolicyStatement, resourceStatements } from "./statements.ts";

interface PolicyDocument<Statement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface LeastPolicy {
  readonly roleArn: string;
  /** Of the execution role; without statements where a task of the definition needs none. */
  readonly executionPolicy: PolicyDocument<PolicyStatement>;
  readonly trustPolicy: PolicyDocument<object>;
  /** Statements that the policies of keys, secrets or repositories lack. */
  readonly resourcePolicies: readonly { readonly resource: string; readonly statement: PolicyStatement }[];
  /** What the policy may lack, as it could not be looked at. */
  readonly unseen: readonly Unseen[];
}

/** The least that an execution role of the definition has to be allowed, by itself and by others' policies. */
export async function leastPolicy(
  definition: Definition,
  options: { readonly account: Account; readonly clock: Clock },
): Promise<LeastPolicy> {
  const { account, clock } = options;
  const { id, partition } = account;
  const given = definition.executionRoleArn || `${definition.family}-execution`;
  const roleArn = given.startsWith("arn:") ? given : `arn:${partition}:iam::${id}:role/${given}`;
  const role = (await ifSeen(account.role(roleArn))) ?? newRole(roleArn);
  const { missing, unseen } = await recordMissing(definition, { account, clock, role });
  return {
    roleArn,
    executionPolicy: { Version: "2012-10-17", Statement: identityStatements(missing) },
    trustPolicy: { Version: "2012-10-17", Statement: [trust(id)] },
    resourcePolicies: [...resourceStatements(missing, roleArn)].map(([resource, statement]) => ({
      resource,
      statement,
    })),
    unseen,
  };
}

/** With the condition that AWS recommends against the confused deputy. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function trust(account: string): object {
  return {
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** A role that is yet to be made. */
function newRole(arn: string): Role {
  const { account = "", resource = "" } = parseArn(arn) ?? {};
  const [, path = "/", name = ""] = /^role(\/(?:.*\/)?)([^/]+)$/.exec(resource) ?? [];
  return {
    ...{ kind: "role", id: "AROA", account, name, path, boundaryArn: undefined, tags: {} },
    ...{ createdAt: new Date(0), trustPolicy: "", description: undefined, maxSessionDuration: 3600 },
  };
}
