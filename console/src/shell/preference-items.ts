import type { TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { type Language, languageNames, languages } from "../i18n/language.ts";
import { useMessages } from "../i18n/messages.ts";
import { shell } from "./messages.ts";
import { usePreferences } from "./preferences.tsx";

/** The menus of language and appearance, for the top bar before and after the sign-in. */
export function usePreferenceItems(): TopNavigationProps.Utility[] {
  const t = useMessages(shell);
  const { preferences, change } = usePreferences();
  return [
    {
      type: "menu-dropdown",
      text: languageNames[preferences.language],
      title: t.language,
      ariaLabel: `${t.language}: ${languageNames[preferences.language]}`,
      disableUtilityCollapse: false,
      items: languages.map((id) => ({ id, text: languageNames[id], lang: id })),
      onItemClick: ({ detail }) => change({ language: detail.id as Language }),
    },
    {
      type: "menu-dropdown",
      iconName: "settings",
      title: t.settings,
      ariaLabel: t.settings,
      items: [
        { id: "theme", text: preferences.theme === "dark" ? t.light : t.dark },
        { id: "density", text: preferences.density === "compact" ? t.comfortable : t.compact },
      ],
      onItemClick: ({ detail }) =>
        change(
          detail.id === "theme"
            ? { theme: preferences.theme === "dark" ? "light" : "dark" }
            : { density: preferences.density === "compact" ? "comfortable" : "compact" },
        ),
    },
  ];
}
