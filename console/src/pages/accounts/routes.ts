import type { Subject } from "../../parts/subject.ts";

export const accounts: Subject = {
  routes: [{ path: "organizations/accounts", load: () => import("./accounts-page.tsx") }],
  navigation: [
    { service: "organizations", text: { en: "AWS accounts", "zh-CN": "AWS 账户" }, to: "/organizations/accounts" },
  ],
};
