import { StopServiceDeploymentCommand } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { lazySdk } from "../../../model/lazy-sdk.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findOfServices, ofServicesNeeds } from "../service-deployments/find.ts";
import { rollBack } from "../services/deployments.ts";
import { underWay } from "../services/history.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ecs")>("@aws-sdk/client-ecs");

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html */
export const stopServiceDeployment = operation(StopServiceDeploymentCommand)({
  find: async ({ serviceDeploymentArn }, call, context: Ecs) =>
    findOfServices(context, call, "deployment", serviceDeploymentArn === undefined ? [] : [serviceDeploymentArn]),
  access: ofServicesNeeds,
  async run([found], { stopType = "ROLLBACK" }, { store, ids, wakes }, call) {
    if (!found) throw invalidParameter("Service deployment ARN cannot be empty.");
    if (stopType !== "ROLLBACK") throw invalidParameter(`Stop type ${stopType} is not supported.`);
    await store.transaction(async (records) => {
      const service = await records.services.find(found.serviceArn);
      const deployment = service?.history?.deployments.find(({ id }) => id === found.id);
      // Another service of that name is not the one that was found.
      if (!service || !deployment || service.createdAt !== found.service?.createdAt) {
        throw new ApiError(sdk().ServiceDeploymentNotFoundException$, "Service deployment not found.");
      }
      const { status } = deployment;
      if (!underWay.has(status) || status === "ROLLBACK_IN_PROGRESS" || service.status !== "ACTIVE") {
        throw conflict(`The service deployment cannot be stopped: it is ${status}.`);
      }
      if (!service.lastCompleted) {
        throw conflict("The service deployment cannot be stopped: there is no earlier service revision to go back to.");
      }
      const now = call.time.getTime();
      await records.services.put(rollBack(service, "Service deployment stopped by user", { ids, now }));
    });
    wakes.wake("services");
    return { serviceDeploymentArn: found.arn };
  },
});

const conflict = (message: string) => new ApiError(sdk().ConflictException$, message);
