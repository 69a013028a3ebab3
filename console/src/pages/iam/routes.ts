import type { Subject } from "../../parts/subject.ts";

export const iam: Subject = {
  routes: [
    { path: "iam/users", load: () => import("./users-page.tsx") },
    { path: "iam/create-user", load: () => import("./create-user-page.tsx") },
    { path: "iam/users/:user", load: () => import("./user-page.tsx") },
    { path: "iam/users/:user/inline-policy", load: () => import("./inline-policy-page.tsx") },
    { path: "iam/users/:user/attach-policies", load: () => import("./attach-policies-page.tsx") },
    { path: "iam/groups", load: () => import("./groups-page.tsx") },
    { path: "iam/create-group", load: () => import("./create-group-page.tsx") },
    { path: "iam/groups/:group", load: () => import("./group-page.tsx") },
    { path: "iam/groups/:group/inline-policy", load: () => import("./inline-policy-page.tsx") },
    { path: "iam/groups/:group/attach-policies", load: () => import("./attach-policies-page.tsx") },
    { path: "iam/policies", load: () => import("./policies-page.tsx") },
    { path: "iam/create-policy", load: () => import("./create-policy-page.tsx") },
    { path: "iam/policies/:policy", load: () => import("./policy-page.tsx") },
    { path: "iam/simulator", load: () => import("./simulator-page.tsx") },
  ],
  navigation: [
    { service: "iam", text: { en: "User groups", "zh-CN": "用户组" }, to: "/iam/groups" },
    { service: "iam", text: { en: "Users", "zh-CN": "用户" }, to: "/iam/users" },
    { service: "iam", text: { en: "Policies", "zh-CN": "策略" }, to: "/iam/policies" },
    { service: "iam", text: { en: "Policy simulator", "zh-CN": "策略模拟器" }, to: "/iam/simulator" },
  ],
  search: () => import("./search.ts"),
};
