import * as client from "@aws-sdk/client-ecs";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ecs } from "./context.ts";
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

export { type AcsConnection, type AcsSession, acsSession } from "./acs.ts";
export { lastPart, type Scope, scopeOf } from "./arns.ts";
export type { AssumeRole, Ecs, SessionCredentials } from "./context.ts";
export { ensureDefaultCluster } from "./create-cluster.ts";
export { type Events, events } from "./events.ts";
export type { Deployment, ServiceRecord, Task } from "./model.ts";
export type { PlacementFailure } from "./placement.ts";
export { type Runner, runner } from "./runner.ts";
export { addEvents, newDeployment } from "./service-deployments.ts";
export { serviceTaskTags } from "./service-tags.ts";
export { startTasks } from "./start-tasks.ts";
export { stopAllTasks } from "./stop-all-tasks.ts";
export { type EcsStore, ecsStore, type Records } from "./store.ts";
export { requestStop, stopNow } from "./task-state.ts";
export { fakeTimers, systemTimers, type Timers } from "./timers.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export function ecsService(context: Ecs): Service {
  return service(
    {
      signingName: "ecs",
      targetPrefix: "AmazonEC2ContainerServiceV20141113",
      protocol: jsonProtocol(),
      violation: { code: "InvalidParameterException", status: 400 },
      model: { limits, exports: client },
      operations: [
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
      ],
    },
    context,
  );
}
