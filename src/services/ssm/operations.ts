import * as client from "@aws-sdk/client-ssm";
import type { Operation } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Ssm } from "./context.ts";
import limits from "./limits.json" with { type: "json" };
import { addTagsToResource } from "./operations/add-tags-to-resource.ts";
import { deleteParameter } from "./operations/delete-parameter.ts";
import { deleteParameters } from "./operations/delete-parameters.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { describeParameters } from "./operations/describe-parameters.ts";
import { getParameter } from "./operations/get-parameter.ts";
import { getParameterHistory } from "./operations/get-parameter-history.ts";
import { getParameters } from "./operations/get-parameters.ts";
import { getParametersByPath } from "./operations/get-parameters-by-path.ts";
import { getResourcePolicies } from "./operations/get-resource-policies.ts";
import { getServiceSetting } from "./operations/get-service-setting.ts";
import { labelParameterVersion } from "./operations/label-parameter-version.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { putParameter } from "./operations/put-parameter.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { removeTagsFromResource } from "./operations/remove-tags-from-resource.ts";
import { resetServiceSetting } from "./operations/reset-service-setting.ts";
import { unlabelParameterVersion } from "./operations/unlabel-parameter-version.ts";
import { updateServiceSetting } from "./operations/update-service-setting.ts";

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
