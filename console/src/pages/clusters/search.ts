import { ifDenied } from "../../api/error.ts";
import { everyPage } from "../../api/pages.ts";
import { nameOf, pageOf } from "../../parts/addresses.ts";
import type { Hit, Search } from "../../parts/subject.ts";

/** Clusters whose services are looked through. */
const mostClusters = 20;

/** Clusters and services by a part of their names. */
export const search: Search = async (text, api, options) => {
  const wanted = text.toLowerCase();
  const clusters = await everyPage(api, "ecs", "ListClusters", {}, "clusterArns", options);
  const services = await Promise.all(
    clusters
      .slice(0, mostClusters)
      .map((cluster) =>
        everyPage(api, "ecs", "ListServices", { cluster, maxResults: 100 }, "serviceArns", options).catch(ifDenied([])),
      ),
  );
  return [
    ...hits(clusters, { en: "Cluster", "zh-CN": "集群" }),
    ...hits(services.flat(), { en: "Service", "zh-CN": "服务" }),
  ].filter(({ name }) => name.toLowerCase().includes(wanted));
};

function hits(arns: readonly string[], kind: Hit["kind"]): readonly Hit[] {
  return arns.map((arn) => ({ name: nameOf(arn), kind, to: pageOf(arn) ?? "/ecs/clusters" }));
}
