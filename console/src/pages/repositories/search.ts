import { everyPage } from "../../api/pages.ts";
import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

export const search: Search = async (text, api, options) => {
  const repositories = await everyPage(api, "ecr", "DescribeRepositories", {}, "repositories", options);
  return repositories
    .filter(({ repositoryName = "" }) => repositoryName.includes(text.toLowerCase()))
    .map(({ repositoryName = "" }) => ({
      name: repositoryName,
      kind: { en: "Repository", "zh-CN": "存储库" },
      to: to.repository(repositoryName),
    }));
};
