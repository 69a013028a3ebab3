import type { Clock } from "../../../clock.ts";
import type { Ids } from "../../../ids.ts";
import { policyArn } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import { uniqueId } from "../unique-id.ts";
import { entityArn, type Role, wholeSeconds } from "./entity.ts";

export interface RoleToEnsure {
  readonly account: string;
  readonly partition: string;
  readonly name: string;
  readonly description?: string;
  /** Who may assume it: `{ Service: "ec2.amazonaws.com" }`. */
  readonly principal: { readonly Service: string } | { readonly AWS: string };
  /** Paths and names of AWS managed policies: `service-role/AmazonEC2ContainerServiceforEC2Role`. */
  readonly awsPolicies: readonly string[];
}

/** Makes the role where there is none of that name, and gives its ARN. One that is there is left as it is. */
export async function ensureRole(
  { store, clock, ids }: { readonly store: IamStore; readonly clock: Clock; readonly ids: Ids },
  wanted: RoleToEnsure,
): Promise<string> {
  const { account, name } = wanted;
  const role: Role = {
    kind: "role",
    id: uniqueId("AROA", account, ids),
    account,
    name,
    path: "/",
    boundaryArn: undefined,
    tags: {},
    createdAt: wholeSeconds(clock.now()),
    trustPolicy: trustOf(wanted.principal),
    description: wanted.description,
    maxSessionDuration: 3600,
  };
  return await store.transaction(async (store) => {
    const known = await store.findEntity(account, "role", name);
    if (!known) {
      await store.insertEntity(role);
      for (const policy of wanted.awsPolicies) {
        const arn = policyArn({ ...wanted, account: "aws" }, "/", policy);
        if (!(await store.findPolicy(arn))) throw new Error(`Cannot attach '${arn}' to role '${name}': there is none`);
        await store.attach(role.id, arn);
      }
    }
    return entityArn(wanted, "role", (known ?? role).path, name);
  });
}

function trustOf(principal: RoleToEnsure["principal"]): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
