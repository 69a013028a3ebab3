import { everyPage } from "../../api/pages.ts";
import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

export const search: Search = async (text, api, options) => {
  const families = await everyPage(api, "ecs", "ListTaskDefinitionFamilies", { status: "ACTIVE" }, "families", options);
  return families
    .filter((family) => family.toLowerCase().includes(text.toLowerCase()))
    .map((family) => ({
      name: family,
      kind: { en: "Task definition", "zh-CN": "任务定义" },
      to: to.taskDefinitionFamily(family),
    }));
};
