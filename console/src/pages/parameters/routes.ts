import type { Subject } from "../../parts/subject.ts";

export const parameters: Subject = {
  routes: [
    { path: "systems-manager/parameters", load: () => import("./parameters-page.tsx") },
    { path: "systems-manager/parameters/:name", load: () => import("./parameter-page.tsx") },
    { path: "systems-manager/parameters/:name/edit", load: () => import("./edit-parameter-page.tsx") },
    { path: "systems-manager/create-parameter", load: () => import("./create-parameter-page.tsx") },
  ],
  navigation: [
    { service: "ssm", text: { en: "Parameter Store", "zh-CN": "Parameter Store" }, to: "/systems-manager/parameters" },
  ],
  search: () => import("./search.ts"),
};
