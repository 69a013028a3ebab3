import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import { type Role, wholeSeconds } from "../entities/entity.ts";
import { findBoundary } from "../entities/find.ts";
import { isServiceLinked, serviceRolePath } from "../entities/service-linked-roles/service-linked-role.ts";
import { roleShape } from "../entities/shape.ts";
import { entityExists, validationError } from "../errors.ts";
import { checkTrustPolicy } from "../policies/document.ts";
import { mergeTags, readTags, requestTagConditions } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = operation(CreateRoleCommand)({
  access: (input, call) =>
    onNewEntity(
      call,
      "iam:CreateRole",
      { kind: "role", path: input.Path ?? "/", name: input.RoleName },
      { boundaryArn: input.PermissionsBoundary, requestTags: requestTagConditions(readTags(input.Tags)) },
    ),
  async run(input, { store, ids }: Iam, call) {
    const role: Role = {
      kind: "role",
      id: uniqueId("AROA", call.account, ids),
      account: call.account,
      name: input.RoleName,
      path: input.Path ?? "/",
      boundaryArn: input.PermissionsBoundary,
      tags: mergeTags({}, readTags(input.Tags)),
      createdAt: wholeSeconds(call.time),
      trustPolicy: input.AssumeRolePolicyDocument,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
    };
    if (isServiceLinked(role))
      throw validationError(`The path ${serviceRolePath} is reserved for service-linked roles`);
    await store.transaction(async (store) => {
      await checkTrustPolicy(role.trustPolicy, call.account, store);
      await findBoundary(store, call, role.boundaryArn);
      if (await store.isTaken(call.account, "role", role.name)) throw entityExists("role", role.name);
      await store.insertEntity(role);
    });
    return { Role: roleShape(call, role) };
  },
});
