import { GetServiceLinkedRoleDeletionStatusCommand, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { entityArn } from "../entities/entity.ts";
import { serviceRolePath } from "../entities/service-linked-roles/service-linked-role.ts";
import { invalidInput } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html */
export const getServiceLinkedRoleDeletionStatus = operation(GetServiceLinkedRoleDeletionStatusCommand)({
  access: (input, call) => ({
    action: "iam:GetServiceLinkedRoleDeletionStatus",
    resource: roleOfTask(input.DeletionTaskId, call) ?? entityArn(call, "role", serviceRolePath, "*"),
  }),
  async run(input, { store }: Iam, call) {
    const id = input.DeletionTaskId;
    if (roleOfTask(id, call) === undefined) throw invalidInput(`Deletion task id ${id} is not valid.`);
    if (!(await store.hasDeletionTask(call.account, id))) {
      throw new ApiError(NoSuchEntityException$, `Deletion task ${id} cannot be found.`);
    }
    return { Status: "SUCCEEDED" };
  },
});

/** The ARN of the role that `task/aws-service-role/<service>/<role>/<token>` is about. */
function roleOfTask(id: string, call: Call): string | undefined {
  const parts = /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/[^/]+$/.exec(id);
  return parts ? entityArn(call, "role", parts[1]!, parts[2]!) : undefined;
}
