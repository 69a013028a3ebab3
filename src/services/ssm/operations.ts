import * as client from "@aws-sdk/client-ssm";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { addTagsToResource } from "./add-tags-to-resource.ts";
import { deleteParameter } from "./delete-parameter.ts";
import { deleteParameters } from "./delete-parameters.ts";
import { deleteResourcePolicy } from "./delete-resource-policy.ts";
import { describeParameters } from "./describe-parameters.ts";
import { getParameter } from "./get-parameter.ts";
import { getParameterHistory } from "./get-parameter-history.ts";
import { getParameters } from "./get-parameters.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { getResourcePolicies } from "./get-resource-policies.ts";
import { getServiceSetting } from "./get-service-setting.ts";
import type { Ssm } from "./index.ts";
import { labelParameterVersion } from "./label-parameter-version.ts";
import limits from "./limits.json" with { type: "json" };
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { putParameter } from "./put-parameter.ts";
import { putResourcePolicy } from "./put-resource-policy.ts";
import { removeTagsFromResource } from "./remove-tags-from-resource.ts";
import { resetServiceSetting } from "./reset-service-setting.ts";
import { unlabelParameterVersion } from "./unlabel-parameter-version.ts";
import { updateServiceSetting } from "./update-service-setting.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Ssm>[] = [
  addTagsToResource,
  deleteParameter,
  deleteParameters,
  deleteResourcePolicy,
  describeParameters,
  getParameter,
  getParameterHistory,
  getParameters,
  getParametersByPath,
  getResourcePolicies,
  getServiceSetting,
  labelParameterVersion,
  listTagsForResource,
  putParameter,
  putResourcePolicy,
  removeTagsFromResource,
  resetServiceSetting,
  unlabelParameterVersion,
  updateServiceSetting,
];
