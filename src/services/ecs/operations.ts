import * as client from "@aws-sdk/client-ecs";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { createCluster } from "./create-cluster.ts";
import { createService } from "./create-service.ts";
import { deleteCluster } from "./delete-cluster.ts";
import { deleteService } from "./delete-service.ts";
import { deleteTaskDefinitions } from "./delete-task-definitions.ts";
import { deregisterContainerInstance } from "./deregister-container-instance.ts";
import { deregisterTaskDefinition } from "./deregister-task-definition.ts";
import { describeClusters } from "./describe-clusters.ts";
import { describeContainerInstances } from "./describe-container-instances.ts";
import { describeServices } from "./describe-services.ts";
import { describeTaskDefinition } from "./describe-task-definition.ts";
import { describeTasks } from "./describe-tasks.ts";
import { discoverPollEndpoint } from "./discover-poll-endpoint.ts";
import type { Ecs } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { listAttributes } from "./list-attributes.ts";
import { listClusters } from "./list-clusters.ts";
import { listContainerInstances } from "./list-container-instances.ts";
import { listServices } from "./list-services.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTaskDefinitionFamilies } from "./list-task-definition-families.ts";
import { listTaskDefinitions } from "./list-task-definitions.ts";
import { listTasks } from "./list-tasks.ts";
import { putAttributes } from "./put-attributes.ts";
import { putClusterCapacityProviders } from "./put-cluster-capacity-providers.ts";
import { registerContainerInstance } from "./register-container-instance.ts";
import { registerTaskDefinition } from "./register-task-definition.ts";
import { runTask } from "./run-task.ts";
import { startTask } from "./start-task.ts";
import { stopTask } from "./stop-task.ts";
import { submitAttachmentStateChanges } from "./submit-attachment-state-changes.ts";
import { submitContainerStateChange } from "./submit-container-state-change.ts";
import { submitTaskStateChange } from "./submit-task-state-change.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateCluster } from "./update-cluster.ts";
import { updateClusterSettings } from "./update-cluster-settings.ts";
import { updateContainerInstancesState } from "./update-container-instances-state.ts";
import { updateService } from "./update-service.ts";

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
