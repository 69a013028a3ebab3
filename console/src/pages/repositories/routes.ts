import type { Subject } from "../../parts/subject.ts";

export const repositories: Subject = {
  routes: [
    { path: "ecr/repositories", load: () => import("./repositories-page.tsx") },
    { path: "ecr/create-repository", load: () => import("./create-repository-page.tsx") },
    { path: "ecr/repositories/:repository", load: () => import("./repository-page.tsx") },
  ],
  navigation: [{ service: "ecr", text: { en: "Repositories", "zh-CN": "存储库" }, to: "/ecr/repositories" }],
  search: () => import("./search.ts"),
};
