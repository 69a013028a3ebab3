import type { Subject } from "../../parts/subject.ts";

export const home: Subject = {
  routes: [{ path: "", load: () => import("./home-page.tsx") }],
};
