import * as client from "@aws-sdk/client-ecs";
import type { Operation } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Ecs } from "./context.ts";
import limits from "./limits.json" with { type: "json" };
import { createCluster } from "./operations/create-cluster.ts";
import { createService } from "./operations/create-service.ts";
import { deleteCluster } from "./operations/delete-cluster.ts";
import { deleteService } from "./operations/delete-service.ts";
import { deleteTaskDefinitions } from "./operations/delete-task-definitions.ts";
import { deregisterContainerInstance } from "./operations/deregister-container-instance.ts";
import { deregisterTaskDefinition } from "./operations/deregister-task-definition.ts";
import { describeClusters } from "./operations/describe-clusters.ts";
import { describeContainerInstances } from "./operations/describe-container-instances.ts";
import { describeServices } from "./operations/describe-services.ts";
import { describeTaskDefinition } from "./operations/describe-task-definition.ts";
import { describeTasks } from "./operations/describe-tasks.ts";
import { discoverPollEndpoint } from "./operations/discover-poll-endpoint.ts";
import { listAttributes } from "./operations/list-attributes.ts";
import { listClusters } from "./operations/list-clusters.ts";
import { listContainerInstances } from "./operations/list-container-instances.ts";
import { listServices } from "./operations/list-services.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { listTaskDefinitionFamilies } from "./operations/list-task-definition-families.ts";
import { listTaskDefinitions } from "./operations/list-task-definitions.ts";
import { listTasks } from "./operations/list-tasks.ts";
import { putAttributes } from "./operations/put-attributes.ts";
import { putClusterCapacityProviders } from "./operations/put-cluster-capacity-providers.ts";
import { registerContainerInstance } from "./operations/register-container-instance.ts";
import { registerTaskDefinition } from "./operations/register-task-definition.ts";
import { runTask } from "./operations/run-task.ts";
import { startTask } from "./operations/start-task.ts";
import { stopTask } from "./operations/stop-task.ts";
import { submitAttachmentStateChanges } from "./operations/submit-attachment-state-changes.ts";
import { submitContainerStateChange } from "./operations/submit-container-state-change.ts";
import { submitTaskStateChange } from "./operations/submit-task-state-change.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateCluster } from "./operations/update-cluster.ts";
import { updateClusterSettings } from "./operations/update-cluster-settings.ts";
import { updateContainerInstancesState } from "./operations/update-container-instances-state.ts";
import { updateService } from "./operations/update-service.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Ecs>[] = [
  createCluster,
  createService,
  deleteCluster,
  deleteService,
  deleteTaskDefinitions,
  deregisterContainerInstance,
  deregisterTaskDefinition,
  describeClusters,
  describeContainerInstances,
  describeServices,
  describeTaskDefinition,
  describeTasks,
  discoverPollEndpoint,
  listAttributes,
  listClusters,
  listContainerInstances,
  listServices,
  listTagsForResource,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  listTasks,
  putAttributes,
  putClusterCapacityProviders,
  registerContainerInstance,
  registerTaskDefinition,
  runTask,
  startTask,
  stopTask,
  submitAttachmentStateChanges,
  submitContainerStateChange,
  submitTaskStateChange,
  tagResource,
  untagResource,
  updateCluster,
  updateClusterSettings,
  updateContainerInstancesState,
  updateService,
];
