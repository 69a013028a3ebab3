import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onNewEntity } from "../entities/access.ts";
import type { Role } from "../entities/entity.ts";
import { entityExists } from "../entities/errors.ts";
import { isServiceLinked, serviceRolePath } from "../entities/service-linked-roles/service-linked-role.ts";
import { newRoleShape } from "../entities/shape.ts";
import { checkTrustPolicy } from "../entities/trust-policy.ts";
import { checkBoundary } from "../policies/find.ts";
import { entityTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = operation(CreateRoleCommand)({
  find: (input) => entityTags.read(input.Tags),
  access: (tags, input, call) =>
    onNewEntity(
      call,
      { kind: "role", path: input.Path, name: input.RoleName },
      { tags, boundaryArn: input.PermissionsBoundary },
    ),
  async run(tags, input, { store, ids }: Iam, call) {
    const role: Role = {
      kind: "role",
      id: uniqueId("AROA", call.account, ids),
      account: call.account,
      name: input.RoleName,
      path: input.Path ?? "/",
      boundaryArn: input.PermissionsBoundary,
      tags: entityTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
      trustPolicy: input.AssumeRolePolicyDocument,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
    };
    if (isServiceLinked(role)) {
      throw validationError(`The path ${serviceRolePath} is reserved for service-linked roles`);
    }
    await store.transaction(async (store) => {
      await checkTrustPolicy(role.trustPolicy, call.account, store);
      await checkBoundary(store, call, role.boundaryArn);
      if (await store.roles.isTaken(call.account, role.name)) throw entityExists("role", role.name);
      await store.roles.insert(role);
    });
    return { Role: newRoleShape(call, role) };
  },
});
