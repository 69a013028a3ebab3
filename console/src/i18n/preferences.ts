import { type Language, languages, preferredLanguage } from "./language.ts";

/** How a reader wants the console. It is kept in the browser, and nothing else is. */
export interface Preferences {
  readonly language: Language;
  readonly theme: "light" | "dark";
  readonly density: "comfortable" | "compact";
  /** The Region last worked in, for addresses that name none. */
  readonly region: string | undefined;
}

const key = "sealift.preferences";

export function readPreferences(): Preferences {
  const stored = storedPreferences();
  const { language, theme, density, region } = stored;
  return {
    language: languages.find((known) => known === language) ?? preferredLanguage(navigator.languages),
    theme:
      theme === "light" || theme === "dark"
        ? theme
        : matchMedia("(prefers-color-scheme: dark)").matches
          ? "dark"
          : "light",
    density: density === "compact" ? "compact" : "comfortable",
    region: typeof region === "string" && /^[a-z0-9-]{1,32}$/.test(region) ? region : undefined,
  };
}

export function writePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Storage is full or forbidden: the choice holds until the page is left.
  }
}

function storedPreferences(): Readonly<Record<string, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
