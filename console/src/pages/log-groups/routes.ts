import type { Subject } from "../../parts/subject.ts";

export const logGroups: Subject = {
  routes: [
    { path: "cloudwatch/log-groups", load: () => import("./log-groups-page.tsx") },
    { path: "cloudwatch/create-log-group", load: () => import("./create-log-group-page.tsx") },
    { path: "cloudwatch/log-groups/:group", load: () => import("./log-group-page.tsx") },
    { path: "cloudwatch/log-groups/:group/log-streams/:stream", load: () => import("./log-stream-page.tsx") },
  ],
  navigation: [{ service: "logs", text: { en: "Log groups", "zh-CN": "日志组" }, to: "/cloudwatch/log-groups" }],
  search: () => import("./search.ts"),
};
