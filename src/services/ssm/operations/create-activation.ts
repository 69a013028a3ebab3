import { CreateActivationCommand } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import { activationRoleArn, codeForm, codeHash, requestedExpiry } from "../activations/activation.ts";
import type { Ssm } from "../context.ts";
import { requestedTags } from "../parameters/tags.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateActivation.html */
export const createActivation = operation(CreateActivationCommand)({
  async find(input, call, { trustsSystemsManager }: Ssm) {
    const tags = requestedTags(input.Tags);
    const roleArn = activationRoleArn(call, input.IamRole);
    return { tags, roleArn, isTrusting: await trustsSystemsManager(call, roleArn) };
  },

  access: ({ tags, roleArn }, _input, call) => [
    { resource: "*", conditions: requestTagKeys(tags) },
    {
      action: "iam:PassRole",
      resource: roleArn,
      conditions: {
        "iam:PassedToService": "ssm.amazonaws.com",
        // The machines that will register are not known yet.
        "iam:AssociatedResourceArn": regionalArn(call, "ssm", "managed-instance/*"),
      },
    },
  ],

  async run({ tags, roleArn, isTrusting }, input, { store, ids }, call) {
    if (input.RegistrationMetadata?.length) {
      throw validationException("RegistrationMetadata is reserved for internal use.");
    }
    if (!isTrusting) {
      throw validationException(`Nonexistent role or missing ssm service principal in trust policy: ${roleArn}`);
    }
    const code = ids.text(...codeForm);
    const activation = {
      id: ids.uuid(),
      description: input.Description,
      defaultInstanceName: input.DefaultInstanceName,
      role: input.IamRole,
      registrationLimit: input.RegistrationLimit ?? 1,
      expiresAt: requestedExpiry(input.ExpirationDate, call.time),
      createdAt: call.time,
      tags,
    };
    await store.activations.put(call, activation, codeHash(code));
    return { ActivationId: activation.id, ActivationCode: code };
  },
});
