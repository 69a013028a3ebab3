import type { Subject } from "../../parts/subject.ts";

export const clusters: Subject = {
  routes: [
    { path: "ecs/clusters", load: () => import("./clusters-page.tsx") },
    { path: "ecs/create-cluster", load: () => import("./create-cluster-page.tsx") },
    { path: "ecs/clusters/:cluster", load: () => import("./cluster-page.tsx") },
    { path: "ecs/run-task", load: () => import("./launch/run-task-page.tsx") },
    { path: "ecs/create-service", load: () => import("./launch/create-service-page.tsx") },
    { path: "ecs/clusters/:cluster/run-task", load: () => import("./launch/run-task-page.tsx") },
    { path: "ecs/clusters/:cluster/create-service", load: () => import("./launch/create-service-page.tsx") },
    {
      path: "ecs/clusters/:cluster/services/:service/update",
      load: () => import("./launch/update-service-page.tsx"),
    },
    { path: "ecs/clusters/:cluster/services/:service", load: () => import("./services/service-page.tsx") },
    { path: "ecs/clusters/:cluster/tasks/:task", load: () => import("./tasks/task-page.tsx") },
    {
      path: "ecs/clusters/:cluster/container-instances/:instance",
      load: () => import("./instances/instance-page.tsx"),
    },
  ],
  navigation: [{ service: "ecs", text: { en: "Clusters", "zh-CN": "集群" }, to: "/ecs/clusters" }],
  search: () => import("./search.ts"),
};
