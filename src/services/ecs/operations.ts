import * as client from "@aws-sdk/client-ecs";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Ecs } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Ecs> = {
  CreateCapacityProvider: async () => (await import("./operations/create-capacity-provider.ts")).createCapacityProvider,
  CreateCluster: async () => (await import("./operations/create-cluster.ts")).createCluster,
  CreateService: async () => (await import("./operations/create-service.ts")).createService,
  DeleteAccountSetting: async () => (await import("./operations/delete-account-setting.ts")).deleteAccountSetting,
  DeleteCapacityProvider: async () => (await import("./operations/delete-capacity-provider.ts")).deleteCapacityProvider,
  DeleteCluster: async () => (await import("./operations/delete-cluster.ts")).deleteCluster,
  DeleteService: async () => (await import("./operations/delete-service.ts")).deleteService,
  DeleteTaskDefinitions: async () => (await import("./operations/delete-task-definitions.ts")).deleteTaskDefinitions,
  DeregisterContainerInstance: async () =>
    (await import("./operations/deregister-container-instance.ts")).deregisterContainerInstance,
  DeregisterTaskDefinition: async () =>
    (await import("./operations/deregister-task-definition.ts")).deregisterTaskDefinition,
  DescribeCapacityProviders: async () =>
    (await import("./operations/describe-capacity-providers.ts")).describeCapacityProviders,
  DescribeClusters: async () => (await import("./operations/describe-clusters.ts")).describeClusters,
  DescribeContainerInstances: async () =>
    (await import("./operations/describe-container-instances.ts")).describeContainerInstances,
  DescribeServiceDeployments: async () =>
    (await import("./operations/describe-service-deployments.ts")).describeServiceDeployments,
  DescribeServiceRevisions: async () =>
    (await import("./operations/describe-service-revisions.ts")).describeServiceRevisions,
  DescribeServices: async () => (await import("./operations/describe-services.ts")).describeServices,
  DescribeTaskDefinition: async () => (await import("./operations/describe-task-definition.ts")).describeTaskDefinition,
  DescribeTasks: async () => (await import("./operations/describe-tasks.ts")).describeTasks,
  DiscoverPollEndpoint: async () => (await import("./operations/discover-poll-endpoint.ts")).discoverPollEndpoint,
  GetTaskProtection: async () => (await import("./operations/get-task-protection.ts")).getTaskProtection,
  ListAccountSettings: async () => (await import("./operations/list-account-settings.ts")).listAccountSettings,
  ExecuteCommand: async () => (await import("./operations/execute-command.ts")).executeCommand,
  ListAttributes: async () => (await import("./operations/list-attributes.ts")).listAttributes,
  ListClusters: async () => (await import("./operations/list-clusters.ts")).listClusters,
  ListContainerInstances: async () => (await import("./operations/list-container-instances.ts")).listContainerInstances,
  ListServiceDeployments: async () => (await import("./operations/list-service-deployments.ts")).listServiceDeployments,
  ListServices: async () => (await import("./operations/list-services.ts")).listServices,
  ListTagsForResource: async () => (await import("./operations/list-tags-for-resource.ts")).listTagsForResource,
  ListTaskDefinitionFamilies: async () =>
    (await import("./operations/list-task-definition-families.ts")).listTaskDefinitionFamilies,
  ListTaskDefinitions: async () => (await import("./operations/list-task-definitions.ts")).listTaskDefinitions,
  ListTasks: async () => (await import("./operations/list-tasks.ts")).listTasks,
  PutAccountSetting: async () => (await import("./operations/put-account-setting.ts")).putAccountSetting,
  PutAccountSettingDefault: async () =>
    (await import("./operations/put-account-setting-default.ts")).putAccountSettingDefault,
  PutAttributes: async () => (await import("./operations/put-attributes.ts")).putAttributes,
  PutClusterCapacityProviders: async () =>
    (await import("./operations/put-cluster-capacity-providers.ts")).putClusterCapacityProviders,
  RegisterContainerInstance: async () =>
    (await import("./operations/register-container-instance.ts")).registerContainerInstance,
  RegisterTaskDefinition: async () => (await import("./operations/register-task-definition.ts")).registerTaskDefinition,
  RunTask: async () => (await import("./operations/run-task.ts")).runTask,
  StartTask: async () => (await import("./operations/start-task.ts")).startTask,
  StopServiceDeployment: async () => (await import("./operations/stop-service-deployment.ts")).stopServiceDeployment,
  StopTask: async () => (await import("./operations/stop-task.ts")).stopTask,
  SubmitAttachmentStateChanges: async () =>
    (await import("./operations/submit-attachment-state-changes.ts")).submitAttachmentStateChanges,
  SubmitContainerStateChange: async () =>
    (await import("./operations/submit-container-state-change.ts")).submitContainerStateChange,
  SubmitTaskStateChange: async () => (await import("./operations/submit-task-state-change.ts")).submitTaskStateChange,
  TagResource: async () => (await import("./operations/tag-resource.ts")).tagResource,
  UntagResource: async () => (await import("./operations/untag-resource.ts")).untagResource,
  UpdateCapacityProvider: async () => (await import("./operations/update-capacity-provider.ts")).updateCapacityProvider,
  UpdateCluster: async () => (await import("./operations/update-cluster.ts")).updateCluster,
  UpdateClusterSettings: async () => (await import("./operations/update-cluster-settings.ts")).updateClusterSettings,
  UpdateContainerInstancesState: async () =>
    (await import("./operations/update-container-instances-state.ts")).updateContainerInstancesState,
  UpdateService: async () => (await import("./operations/update-service.ts")).updateService,
  UpdateTaskProtection: async () => (await import("./operations/update-task-protection.ts")).updateTaskProtection,
};
