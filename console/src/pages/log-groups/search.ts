import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

/** What a log group's name, and so the API's pattern, may consist of. */
const pattern = /^[\w.\-/#]{1,512}$/;

export const search: Search = async (text, api, options) => {
  if (!pattern.test(text)) return [];
  const { logGroups = [] } = await api.call("logs", "DescribeLogGroups", { logGroupNamePattern: text }, options);
  return logGroups.map(({ logGroupName = "" }) => ({
    name: logGroupName,
    kind: { en: "Log group", "zh-CN": "日志组" },
    to: to.logGroup(logGroupName),
  }));
};
