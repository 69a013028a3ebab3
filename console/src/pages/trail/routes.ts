import type { Subject } from "../../parts/subject.ts";

export const trail: Subject = {
  routes: [
    { path: "cloudtrail/events", load: () => import("./events-page.tsx") },
    { path: "cloudtrail/events/:event", load: () => import("./event-page.tsx") },
  ],
  navigation: [
    { service: "cloudtrail", text: { en: "Event history", "zh-CN": "事件历史记录" }, to: "/cloudtrail/events" },
  ],
};
