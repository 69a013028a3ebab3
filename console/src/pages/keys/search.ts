import { everyPage } from "../../api/pages.ts";
import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

/** Keys by their aliases and ids. */
export const search: Search = async (text, api, options) => {
  const [keys, aliases] = await Promise.all([
    everyPage(api, "kms", "ListKeys", {}, "Keys", options),
    everyPage(api, "kms", "ListAliases", {}, "Aliases", options),
  ]);
  const wanted = text.toLowerCase();
  return [
    ...aliases
      .filter(
        ({ TargetKeyId, AliasName = "" }) => TargetKeyId !== undefined && AliasName.toLowerCase().includes(wanted),
      )
      .map(({ AliasName = "", TargetKeyId = "" }) => ({
        name: AliasName,
        kind: { en: "KMS key", "zh-CN": "KMS 密钥" },
        to: to.key(TargetKeyId),
      })),
    ...keys
      .filter(({ KeyId = "" }) => KeyId.includes(wanted))
      .map(({ KeyId = "" }) => ({ name: KeyId, kind: { en: "KMS key", "zh-CN": "KMS 密钥" }, to: to.key(KeyId) })),
  ];
};
