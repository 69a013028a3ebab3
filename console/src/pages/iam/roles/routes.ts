import type { Subject } from "../../../parts/subject.ts";

export const roles: Subject = {
  routes: [
    { path: "iam/roles", load: () => import("./roles-page.tsx") },
    { path: "iam/roles/:role", load: () => import("./role-page.tsx") },
    { path: "iam/roles/:role/inline-policy", load: () => import("../inline-policy-page.tsx") },
    { path: "iam/roles/:role/attach-policies", load: () => import("../attach-policies-page.tsx") },
    { path: "iam/create-role", load: () => import("./create-role-page.tsx") },
  ],
  navigation: [{ service: "iam", text: { en: "Roles", "zh-CN": "角色" }, to: "/iam/roles" }],
  search: () => import("./search.ts"),
};
