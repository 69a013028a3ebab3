import { DescribeServiceRevisionsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { refuseNone } from "../errors.ts";
import { findOfServices, ofServicesNeeds } from "../service-deployments/find.ts";
import { revisionShape } from "../service-deployments/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
export const describeServiceRevisions = operation(DescribeServiceRevisionsCommand)({
  find: (input, call, context: Ecs) => findOfServices(context, call, "revision", input.serviceRevisionArns),
  access: ofServicesNeeds,
  async run(all, _input, { store }) {
    refuseNone("Service revisions", all);
    const serviceRevisions = [];
    const failures = [];
    for (const { arn, id, service } of all) {
      const revision = service?.history?.revisions.find((one) => one.id === id);
      if (service && revision) {
        const definition = await store.definitions.get(revision.definitionArn);
        serviceRevisions.push(revisionShape(service, revision, definition));
      } else failures.push({ arn, reason: "MISSING" });
    }
    return { serviceRevisions, failures };
  },
});
