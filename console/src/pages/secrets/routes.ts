import type { Subject } from "../../parts/subject.ts";

export const secrets: Subject = {
  routes: [
    { path: "secretsmanager/secrets", load: () => import("./secrets-page.tsx") },
    { path: "secretsmanager/secrets/:id", load: () => import("./secret-page.tsx") },
    { path: "secretsmanager/new-secret", load: () => import("./new-secret-page.tsx") },
  ],
  navigation: [{ service: "secretsmanager", text: { en: "Secrets", "zh-CN": "密钥" }, to: "/secretsmanager/secrets" }],
  search: () => import("./search.ts"),
};
