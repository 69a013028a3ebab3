import { createContext, useContext } from "react";
import type { Preferences } from "../i18n/preferences.ts";

export interface PreferencesControl {
  readonly preferences: Preferences;
  readonly change: (part: Partial<Preferences>) => void;
}

export const PreferencesContext = createContext<PreferencesControl | undefined>(undefined);

export function usePreferences(): PreferencesControl {
  const control = useContext(PreferencesContext);
  if (!control) throw new Error("There are no preferences here");
  return control;
}
