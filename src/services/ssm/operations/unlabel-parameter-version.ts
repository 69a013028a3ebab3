import { UnlabelParameterVersionCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound, versionNotFound } from "../errors.ts";
import { foundParameter, parameterAccess } from "../parameters/access.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export const unlabelParameterVersion = operation(UnlabelParameterVersionCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess("UnlabelParameterVersion", [parseNameReference(call, input.Name)], call, context),

  async run(input, { parameters }, call) {
    const parameter = foundParameter(call);
    if (!parameter) throw parameterNotFound();
    let attached: readonly string[] = [];
    const there = await parameters.changeLabels(call, parameter.name, input.ParameterVersion, (labels) => {
      attached = labels;
      return labels.filter((label) => !input.Labels.includes(label));
    });
    if (!there) throw versionNotFound(parameter.name, input.ParameterVersion);
    return {
      RemovedLabels: input.Labels.filter((label) => attached.includes(label)),
      InvalidLabels: input.Labels.filter((label) => !attached.includes(label)),
    };
  },
});
