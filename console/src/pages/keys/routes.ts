import type { Subject } from "../../parts/subject.ts";

export const keys: Subject = {
  routes: [
    { path: "kms/keys", load: () => import("./keys-page.tsx") },
    { path: "kms/create-key", load: () => import("./create-key-page.tsx") },
    { path: "kms/keys/:key", load: () => import("./key-page.tsx") },
  ],
  navigation: [{ service: "kms", text: { en: "Customer managed keys", "zh-CN": "客户托管密钥" }, to: "/kms/keys" }],
  search: () => import("./search.ts"),
};
