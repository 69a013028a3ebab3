import type * as Ecs from "@aws-sdk/client-ecs";
import type { Wire } from "../../api/wire.ts";

/* The SDK's types as they come in a browser: times are seconds since 1970. */
export type Cluster = Wire<Ecs.Cluster>;
export type Container = Wire<Ecs.Container>;
export type ContainerInstance = Wire<Ecs.ContainerInstance>;
export type NetworkConfiguration = Wire<Ecs.NetworkConfiguration>;
export type Service = Wire<Ecs.Service>;
export type ServiceDeployment = Wire<Ecs.ServiceDeployment>;
export type ServiceRevision = Wire<Ecs.ServiceRevision>;
export type Tag = Wire<Ecs.Tag>;
export type Task = Wire<Ecs.Task>;
export type TaskDefinition = Wire<Ecs.TaskDefinition>;
