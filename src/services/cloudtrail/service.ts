import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { CloudTrail } from "./context.ts";

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export const cloudTrail = {
  name: "cloudtrail",
  title: "CloudTrail",
  client: "@aws-sdk/client-cloudtrail",
  model: "cloudtrail",
  signingName: "cloudtrail",
  targetPrefix: "CloudTrail_20131101",
  protocol: jsonProtocol("Message"),
  violation: { code: "ValidationException", status: 400 },
  load: () => import("./operations.ts"),
  tables: [],
  sealedColumns: [],
} satisfies ServiceDescriptor<CloudTrail>;

export function cloudTrailService(context: CloudTrail): Service {
  return serve(cloudTrail, context);
}
