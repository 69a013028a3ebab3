import { LabelParameterVersionCommand, ParameterVersionLabelLimitExceeded$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound, versionNotFound } from "../errors.ts";
import { foundParameter, parameterAccess } from "../parameters/access.ts";
import { isLabel, maximumLabels } from "../parameters/labels.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export const labelParameterVersion = operation(LabelParameterVersionCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess("LabelParameterVersion", [parseNameReference(call, input.Name)], call, context),

  async run(input, { parameters }, call) {
    const parameter = foundParameter(call);
    if (!parameter) throw parameterNotFound();
    const version = input.ParameterVersion ?? parameter.version;
    const valid = input.Labels.filter(isLabel);
    const there = await parameters.changeLabels(call, parameter.name, version, (labels) => {
      const all = new Set([...labels, ...valid]);
      if (all.size > maximumLabels) throw tooManyLabels();
      return [...all];
    });
    if (!there) throw versionNotFound(parameter.name, version);
    return { InvalidLabels: input.Labels.filter((label) => !isLabel(label)), ParameterVersion: version };
  },
});

function tooManyLabels(): ApiError {
  return new ApiError(
    ParameterVersionLabelLimitExceeded$,
    `A parameter version can have maximum ${maximumLabels} labels.Move one or more labels to another version and try again.`,
  );
}
