import { useContext } from "react";
import { LanguageContext } from "./context.ts";
import type { Language } from "./language.ts";

// biome-ignore lint/suspicious/noExplicitAny: each message has parameters of its own
type Message = string | ((...values: any[]) => string);

/** A message in every language. A missing one does not compile, nor does one with other parameters. */
type InEveryLanguage<M extends Message> = Readonly<Record<Language, M extends string ? string : M>>;

export type Messages = Readonly<Record<string, InEveryLanguage<Message>>>;

/** The messages of a page, each in one language. */
export type Translated<T extends Messages> = {
  readonly [Key in keyof T]: T[Key]["en"] extends string ? string : T[Key]["en"];
};

/**
 * The messages of one folder, with all languages side by side:
 * `defineMessages({ title: { en: "Secrets", "zh-CN": "密钥" }, found: { en: (n: number) => `${n} found`, "zh-CN": (n) => `找到 ${n} 个` } })`
 */
export function defineMessages<const T extends Messages>(
  messages: T & { readonly [Key in keyof T]: InEveryLanguage<T[Key]["en"]> },
): T {
  return messages;
}

const translations = new WeakMap<Messages, Map<Language, object>>();

/** The messages in one language; the same object every time. */
export function translate<T extends Messages>(messages: T, language: Language): Translated<T> {
  const known = translations.get(messages) ?? new Map<Language, object>();
  translations.set(messages, known);
  let translated = known.get(language);
  if (!translated) {
    translated = Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, message[language]]));
    known.set(language, translated);
  }
  return translated as Translated<T>;
}

/** A folder's messages in the reader's language. */
export function useMessages<T extends Messages>(messages: T): Translated<T> {
  return translate(messages, useLanguage());
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
