import * as client from "@aws-sdk/client-ssm";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Clock } from "../../clock.ts";
import type { Encryption } from "../kms/index.ts";
import { addTagsToResource } from "./add-tags-to-resource.ts";
import { deleteParameter } from "./delete-parameter.ts";
import { deleteParameters } from "./delete-parameters.ts";
import { describeParameters } from "./describe-parameters.ts";
import { getParameter } from "./get-parameter.ts";
import { getParameterHistory } from "./get-parameter-history.ts";
import { getParameters } from "./get-parameters.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { labelParameterVersion } from "./label-parameter-version.ts";
import limits from "./limits.json" with { type: "json" };
import { listTagsForResource } from "./list-tags-for-resource.ts";
import type { Parameters } from "./parameters.ts";
import { putParameter } from "./put-parameter.ts";
import { removeTagsFromResource } from "./remove-tags-from-resource.ts";
import { unlabelParameterVersion } from "./unlabel-parameter-version.ts";

export { parameterStore } from "./parameters.ts";

/** What Parameter Store's operations work with. */
export interface Ssm {
  readonly parameters: Parameters;
  readonly encryption: Encryption;
  readonly clock: Clock;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export function ssmService(context: Ssm): Service {
  return service(
    {
      signingName: "ssm",
      targetPrefix: "AmazonSSM",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      model: { limits, exports: client },
      operations: [
        addTagsToResource,
        deleteParameter,
        deleteParameters,
        describeParameters,
        getParameter,
        getParameterHistory,
        getParameters,
        getParametersByPath,
        labelParameterVersion,
        listTagsForResource,
        putParameter,
        removeTagsFromResource,
        unlabelParameterVersion,
      ],
    },
    context,
  );
}
