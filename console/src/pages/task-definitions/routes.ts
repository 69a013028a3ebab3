import type { Subject } from "../../parts/subject.ts";

export const taskDefinitions: Subject = {
  routes: [
    { path: "ecs/task-definitions", load: () => import("./families-page.tsx") },
    { path: "ecs/task-definitions/:family", load: () => import("./revisions-page.tsx") },
    { path: "ecs/task-definitions/:family/compare", load: () => import("./compare/compare-page.tsx") },
    { path: "ecs/task-definitions/:family/:revision", load: () => import("./task-definition-page.tsx") },
    { path: "ecs/create-task-definition", load: () => import("./create-task-definition-page.tsx") },
  ],
  navigation: [{ service: "ecs", text: { en: "Task definitions", "zh-CN": "任务定义" }, to: "/ecs/task-definitions" }],
  search: () => import("./search.ts"),
};
