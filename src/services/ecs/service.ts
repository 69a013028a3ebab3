import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { Ecs } from "./context.ts";
import { sealedColumns } from "./sealed.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export const ecs = {
  name: "ecs",
  title: "Elastic Container Service",
  client: "@aws-sdk/client-ecs",
  model: "ecs",
  signingName: "ecs",
  targetPrefix: "AmazonEC2ContainerServiceV20141113",
  protocol: jsonProtocol(),
  violation: { code: "InvalidParameterException", status: 400 },
  load: () => import("./operations.ts"),
  tables: [
    "ecs_account_settings",
    "ecs_clusters",
    "ecs_capacity_providers",
    "ecs_task_definitions",
    "ecs_instances",
    "ecs_tasks",
    "ecs_interfaces",
    "ecs_services",
    "ecs_exec_sessions",
    "ecs_tags",
  ],
  sealedColumns,
} satisfies ServiceDescriptor<Ecs>;

export function ecsService(context: Ecs): Service {
  return serve(ecs, context);
}
