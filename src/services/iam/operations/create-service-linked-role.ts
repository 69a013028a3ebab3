import { CreateServiceLinkedRoleCommand } from "@aws-sdk/client-iam";
import { accessDenied } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { entityArn, type Role } from "../entities/entity.ts";
import { serviceRolePath, serviceRoleTemplates } from "../entities/service-linked-roles/service-linked-role.ts";
import { newRoleShape } from "../entities/shape.ts";
import { invalidInput } from "../errors.ts";
import { policyArn } from "../policies/policy.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html */
export const createServiceLinkedRole = operation(CreateServiceLinkedRoleCommand)({
  access: (_found, input, call) => ({
    resource: entityArn(call, "role", rolePath(input), roleName(input) ?? "*"),
    conditions: { "iam:AWSServiceName": input.AWSServiceName },
  }),
  async run(_found, input, { store, ids }: Iam, call) {
    const service = input.AWSServiceName;
    const template = serviceRoleTemplates().get(service);
    if (!template) throw accessDenied(`Cannot find Service Linked Role template for ${service}`);
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
      description: input.Description,
      maxSessionDuration: 3600,
    };
    await store.transaction(async (store) => {
      if (await store.roles.isTaken(call.account, role.name)) {
        throw invalidInput(
          `Service role name ${role.name} has been taken in this account, please try a different suffix.`,
        );
      }
      await store.roles.insert(role);
      const arn = policyArn({ ...call, account: "aws" }, serviceRolePath, template.policy);
      await store.attachments.attach(role.id, arn);
    });
    return { Role: newRoleShape(call, role) };
  },
});

interface Named {
  readonly AWSServiceName: string;
  readonly CustomSuffix?: string;
}

function rolePath({ AWSServiceName: service }: Named): string {
  return `${serviceRolePath}${service}/`;
}

/** `undefined` where the service has no such role. */
function roleName({ AWSServiceName: service, CustomSuffix: suffix }: Named): string | undefined {
  const template = serviceRoleTemplates().get(service);
  return template && (suffix === undefined ? template.name : `${template.name}_${suffix}`);
}
