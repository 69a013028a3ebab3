import { chunks } from "../../../api/pages.ts";
import { useRead } from "../../../data/use-call.ts";
import type { ServiceDeployment, ServiceRevision } from "../types.ts";

/** Deployments that are shown, and revisions that one call describes. */
const most = 20;

export interface Deployments {
  /** The newest first. */
  readonly deployments: readonly ServiceDeployment[];
  readonly revisions: readonly ServiceRevision[];
}

/** The last deployments of a service, with what each brought. */
export function useDeployments(cluster: string, service: string) {
  return useRead(
    ["ecs", "deployments", cluster, service],
    async (api, call): Promise<Deployments> => {
      const { serviceDeployments: listed = [] } = await api.call(
        "ecs",
        "ListServiceDeployments",
        { cluster, service, maxResults: most },
        call,
      );
      if (listed.length === 0) return { deployments: [], revisions: [] };
      const { serviceDeployments: deployments = [] } = await api.call(
        "ecs",
        "DescribeServiceDeployments",
        { serviceDeploymentArns: listed.map(({ serviceDeploymentArn = "" }) => serviceDeploymentArn) },
        call,
      );
      const arns = deployments.flatMap(({ targetServiceRevision, rollback }) =>
        [targetServiceRevision?.arn, rollback?.serviceRevisionArn].filter((arn) => arn !== undefined),
      );
      const answers = await Promise.all(
        chunks([...new Set(arns)], most).map((serviceRevisionArns) =>
          api.call("ecs", "DescribeServiceRevisions", { serviceRevisionArns }, call),
        ),
      );
      return {
        deployments: deployments.toSorted((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0)),
        revisions: answers.flatMap(({ serviceRevisions = [] }) => serviceRevisions),
      };
    },
    { live: 3_000 },
  );
}
