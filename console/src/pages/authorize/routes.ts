import type { Subject } from "../../parts/subject.ts";

/** Where `aws login` and other programs send a browser. */
export const authorize: Subject = {
  routes: [{ path: "sign-in", load: () => import("./authorize-page.tsx") }],
};
