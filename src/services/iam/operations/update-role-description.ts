import { UpdateRoleDescriptionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { roleShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription = operation(UpdateRoleDescriptionCommand)({
  access: onRole("iam:UpdateRoleDescription"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    await store.updateEntity(role.id, { description: input.Description });
    return { Role: roleShape(call, { ...role, description: input.Description }) };
  },
});
