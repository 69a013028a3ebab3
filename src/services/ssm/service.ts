import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { Ssm } from "./context.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const ssm = {
  name: "ssm",
  title: "Systems Manager Parameter Store",
  client: "@aws-sdk/client-ssm",
  model: "ssm",
  signingName: "ssm",
  targetPrefix: "AmazonSSM",
  protocol: jsonProtocol(),
  violation: { code: "ValidationException", status: 400 },
  load: () => import("./operations.ts"),
  tables: ["ssm_parameters", "ssm_versions", "ssm_labels", "ssm_settings", "ssm_activations"],
  sealedColumns: [],
} satisfies ServiceDescriptor<Ssm>;

export function ssmService(context: Ssm): Service {
  return serve(ssm, context);
}
