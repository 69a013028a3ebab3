import { I18nProvider, type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { type ReactNode, useEffect, useState } from "react";
import { cloudscapeMessages } from "./cloudscape-messages.ts";
import { LanguageContext } from "./context.ts";
import type { Language } from "./language.ts";

/** The reader's language, for our messages and for Cloudscape's own. Shows nothing until Cloudscape's are there. */
export function LanguageProvider({
  language,
  children,
}: {
  readonly language: Language;
  readonly children: ReactNode;
}) {
  const [loaded, setLoaded] = useState<{
    readonly language: Language;
    readonly messages: I18nProviderProps.Messages;
  }>();
  useEffect(() => {
    let isWanted = true;
    void cloudscapeMessages[language]().then(({ default: messages }) => {
      if (isWanted) setLoaded({ language, messages });
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  if (!loaded) return null;
  return (
    <LanguageContext value={loaded.language}>
      <I18nProvider locale={loaded.language} messages={[loaded.messages]}>
        {children}
      </I18nProvider>
    </LanguageContext>
  );
}
