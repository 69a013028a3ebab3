import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

export const search: Search = async (text, api, options) => {
  const { Parameters = [] } = await api.call(
    "ssm",
    "DescribeParameters",
    { ParameterFilters: [{ Key: "Name", Option: "Contains", Values: [text] }], MaxResults: 10 },
    options,
  );
  return Parameters.map(({ Name = "" }) => ({
    name: Name,
    kind: { en: "Parameter", "zh-CN": "参数" },
    to: to.parameter(Name),
  }));
};
