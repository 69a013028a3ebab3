import { CreateServiceLinkedRoleCommand, type CreateServiceLinkedRoleCommandInput } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { entityArn, type Role, wholeSeconds } from "../entities/entity.ts";
import { serviceRolePath, serviceRoleTemplates } from "../entities/service-linked-roles/service-linked-role.ts";
import { roleShape } from "../entities/shape.ts";
import { invalidInput } from "../errors.ts";
import { policyArn } from "../policies/policy.ts";
import { uniqueId } from "../unique-id.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html */
export const createServiceLinkedRole = operation(CreateServiceLinkedRoleCommand)({
  access: (input, call) => ({
    action: "iam:CreateServiceLinkedRole",
    resource: entityArn(call, "role", rolePath(input), roleName(input) ?? "*"),
    conditions: { "iam:AWSServiceName": input.AWSServiceName },
  }),
  async run(input, { store, ids }: Iam, call) {
    const service = input.AWSServiceName;
    const template = serviceRoleTemplates.get(service);
    if (!template) {
      throw new ApiError(
        { code: "AccessDenied", status: 403 },
        `Cannot find Service Linked Role template for ${service}`,
      );
    }
    if (input.CustomSuffix !== undefined && !template.suffix) {
      throw invalidInput(`Custom suffix is not allowed for ${service}`);
    }
    const statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const role: Role = {
      kind: "role",
      id: uniqueId("AROA", call.account, ids),
      account: call.account,
      name: roleName(input) ?? template.name,
      path: rolePath(input),
      boundaryArn: undefined,
      tags: {},
      createdAt: wholeSeconds(call.time),
      trustPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      description: input.Description ?? template.description,
      maxSessionDuration: 3600,
    };
    await store.transaction(async (store) => {
      if (await store.isTaken(call.account, "role", role.name)) {
        throw invalidInput(
          `Service role name ${role.name} has been taken in this account, please try a different suffix.`,
        );
      }
      await store.insertEntity(role);
      await store.attach(role.id, policyArn({ ...call, account: "aws" }, serviceRolePath, template.policy));
    });
    return { Role: roleShape(call, role) };
  },
});

function rolePath({ AWSServiceName: service }: CreateServiceLinkedRoleCommandInput): string {
  return `${serviceRolePath}${service}/`;
}

/** `undefined` where the service has no such role. */
function roleName({ AWSServiceName: service = "", CustomSuffix: suffix }: CreateServiceLinkedRoleCommandInput) {
  const template = serviceRoleTemplates.get(service);
  return template && (suffix === undefined ? template.name : `${template.name}_${suffix}`);
}
