import type { Clock } from "../../../clock.ts";
import type { Ids } from "../../../ids.ts";
import { policyArn } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";
import { entityArn, type Role } from "./entity.ts";

interface RoleToEnsure {
  readonly account: string;
  readonly partition: string;
  readonly name: string;
  readonly description?: string;
  /** The principal that may assume the role: `{ Service: "ec2.amazonaws.com" }`. */
  readonly principal: { readonly Service: string } | { readonly AWS: string };
  /** Paths and names of AWS managed policies: `service-role/AmazonEC2ContainerServiceforEC2Role`. */
  readonly awsPolicies: readonly string[];
}

/** Makes the role where no role has its name, and gives its ARN. An existing role stays as it is. */
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
    const known = await store.roles.find(account, name);
    if (!known) {
      await store.roles.insert(role);
      for (const policy of wanted.awsPolicies) {
        const arn = policyArn({ ...wanted, account: "aws" }, "/", policy);
        if (!(await store.policies.find(arn)))
          throw new Error(`Cannot attach '${arn}' to role '${name}': no such policy`);
        await store.attachments.attach(role.id, arn);
      }
    }
    return entityArn(wanted, "role", (known ?? role).path, name);
  });
}

function trustOf(principal: RoleToEnsure["principal"]): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
