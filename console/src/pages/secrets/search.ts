import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

export const search: Search = async (text, api, options) => {
  const { SecretList = [] } = await api.call(
    "secretsmanager",
    "ListSecrets",
    { Filters: [{ Key: "all", Values: [text] }], MaxResults: 10 },
    options,
  );
  return SecretList.map(({ Name = "", ARN = "" }) => ({
    name: Name,
    kind: { en: "Secret", "zh-CN": "密钥" },
    to: to.secret(ARN),
  }));
};
