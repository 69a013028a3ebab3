import * as client from "@aws-sdk/client-ssm";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Ssm } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Ssm> = {
  AddTagsToResource: async () => (await import("./operations/add-tags-to-resource.ts")).addTagsToResource,
  CreateActivation: async () => (await import("./operations/create-activation.ts")).createActivation,
  DeleteActivation: async () => (await import("./operations/delete-activation.ts")).deleteActivation,
  DeleteParameter: async () => (await import("./operations/delete-parameter.ts")).deleteParameter,
  DeleteParameters: async () => (await import("./operations/delete-parameters.ts")).deleteParameters,
  DeleteResourcePolicy: async () => (await import("./operations/delete-resource-policy.ts")).deleteResourcePolicy,
  DescribeActivations: async () => (await import("./operations/describe-activations.ts")).describeActivations,
  DescribeParameters: async () => (await import("./operations/describe-parameters.ts")).describeParameters,
  GetParameter: async () => (await import("./operations/get-parameter.ts")).getParameter,
  GetParameterHistory: async () => (await import("./operations/get-parameter-history.ts")).getParameterHistory,
  GetParameters: async () => (await import("./operations/get-parameters.ts")).getParameters,
  GetParametersByPath: async () => (await import("./operations/get-parameters-by-path.ts")).getParametersByPath,
  GetResourcePolicies: async () => (await import("./operations/get-resource-policies.ts")).getResourcePolicies,
  GetServiceSetting: async () => (await import("./operations/get-service-setting.ts")).getServiceSetting,
  LabelParameterVersion: async () => (await import("./operations/label-parameter-version.ts")).labelParameterVersion,
  ListTagsForResource: async () => (await import("./operations/list-tags-for-resource.ts")).listTagsForResource,
  PutParameter: async () => (await import("./operations/put-parameter.ts")).putParameter,
  PutResourcePolicy: async () => (await import("./operations/put-resource-policy.ts")).putResourcePolicy,
  RemoveTagsFromResource: async () =>
    (await import("./operations/remove-tags-from-resource.ts")).removeTagsFromResource,
  ResetServiceSetting: async () => (await import("./operations/reset-service-setting.ts")).resetServiceSetting,
  ResumeSession: async () => (await import("./operations/resume-session.ts")).resumeSession,
  TerminateSession: async () => (await import("./operations/terminate-session.ts")).terminateSession,
  UnlabelParameterVersion: async () =>
    (await import("./operations/unlabel-parameter-version.ts")).unlabelParameterVersion,
  UpdateServiceSetting: async () => (await import("./operations/update-service-setting.ts")).updateServiceSetting,
};
