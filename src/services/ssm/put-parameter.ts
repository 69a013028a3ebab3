import { ParameterAlreadyExists$, PutParameterCommand } from "@aws-sdk/client-ssm";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import type { Ssm } from "./index.ts";
import { parameterArn } from "./parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation(PutParameterCommand)({
  access: (input, call) => ({ action: "ssm:PutParameter", resource: parameterArn(call, input.Name) }),
  async run(input, { parameters }: Ssm, call) {
    const current = await parameters.find(call, input.Name);
    if (current && !input.Overwrite) {
      throw new ApiError(
        ParameterAlreadyExists$,
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    throw new ApiError({ code: "InternalFailure", status: 500 }, "");
  },
});
