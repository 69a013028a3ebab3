import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { Logs } from "./context.ts";
import { sealedColumns } from "./events/data-keys.ts";
import { sealedDefinitionColumns } from "./insights/definitions/records.ts";
import { sealedQueryColumns } from "./insights/queries/records.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export const logs = {
  name: "logs",
  title: "CloudWatch Logs",
  client: "@aws-sdk/client-cloudwatch-logs",
  model: "logs",
  signingName: "logs",
  targetPrefix: "Logs_20140328",
  pathPrefix: "/logs/",
  protocol: jsonProtocol("message", true),
  violation: { code: "InvalidParameterException", status: 400 },
  load: () => import("./operations.ts"),
  tables: [
    ...(["logs_groups", "logs_keys", "logs_streams", "logs_batches", "logs_metric_filters"] as const),
    ...(["logs_subscription_filters", "logs_queries", "logs_query_definitions"] as const),
  ],
  sealedColumns: [...sealedColumns, ...sealedQueryColumns, ...sealedDefinitionColumns],
} satisfies ServiceDescriptor<Logs>;

export function logsService(context: Logs): Service {
  return serve(logs, context);
}
