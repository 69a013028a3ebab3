import { GetServiceLinkedRoleDeletionStatusCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { entityArn } from "../entities/entity.ts";
import { serviceRolePath } from "../entities/service-linked-roles/service-linked-role.ts";
import { invalidInput, noSuch } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html */
export const getServiceLinkedRoleDeletionStatus = operation(GetServiceLinkedRoleDeletionStatusCommand)({
  find: (input, call) => roleOfTask(input.DeletionTaskId, call),
  access: (role, _input, call) => ({ resource: role ?? entityArn(call, "role", serviceRolePath, "*") }),
  async run(role, { DeletionTaskId: id }, { store }: Iam, call) {
    if (role === undefined) throw invalidInput(`Deletion task id ${id} is not valid.`);
    if (!(await store.deletionTasks.has(call.account, id))) throw noSuch(`Deletion task ${id} cannot be found.`);
    return { Status: "SUCCEEDED" };
  },
});

/** The ARN of the role in `task/aws-service-role/<service>/<role>/<token>`. */
function roleOfTask(id: string, call: Call): string | undefined {
  const [, path, name] = /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/[^/]+$/.exec(id) ?? [];
  return path === undefined || name === undefined ? undefined : entityArn(call, "role", path, name);
}
