import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import type { Preferences } from "../i18n/preferences.ts";

/** Puts the reader's choice on the page. */
export function applyTheme({ theme, density }: Pick<Preferences, "theme" | "density">): void {
  applyMode(theme === "dark" ? Mode.Dark : Mode.Light);
  applyDensity(density === "compact" ? Density.Compact : Density.Comfortable);
}
