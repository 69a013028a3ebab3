import type { I18nProviderProps } from "@cloudscape-design/components/i18n";
import type { Language } from "./language.ts";

/** Cloudscape's own messages, of which a reader needs one language. */
export const cloudscapeMessages: Readonly<
  Record<Language, () => Promise<{ readonly default: I18nProviderProps.Messages }>>
> = {
  en: () => import("@cloudscape-design/components/i18n/messages/all.en"),
  "zh-CN": () => import("@cloudscape-design/components/i18n/messages/all.zh-CN"),
};
