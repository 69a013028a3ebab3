export const languages = ["en", "zh-CN"] as const;

export type Language = (typeof languages)[number];

/** Each language's own name for itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", "zh-CN": "简体中文" };

/** The language that a browser asks for, in the order of its wishes. */
export function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish)) return "zh-CN";
    if (/^en\b/i.test(wish)) return "en";
  }
  return "en";
}
