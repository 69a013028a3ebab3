import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useState } from "react";
import { useLanguage, useMessages } from "../i18n/messages.ts";
import { useLinks } from "../parts/links.tsx";
import type { Subject } from "../parts/subject.ts";
import { isolated } from "../parts/text.tsx";
import { useApi, useSession } from "../session/context.tsx";
import type { SessionStore } from "../session/store.ts";
import { signOutEverywhere } from "../session/tabs.ts";
import { GlobalSearch } from "./global-search.tsx";
import { shell } from "./messages.ts";
import { usePreferenceItems } from "./preference-items.ts";
import { regions } from "./regions.ts";
import { SwitchRole } from "./switch-role.tsx";

export interface TopBarProps {
  readonly store: SessionStore;
  readonly subjects: readonly Subject[];
  readonly onRegion: (region: string) => void;
}

/** Search, Region, language, appearance and who is signed in. */
export function TopBar({ store, subjects, onRegion }: TopBarProps) {
  const t = useMessages(shell);
  const language = useLanguage();
  const links = useLinks();
  const { region } = useApi();
  const { identity, base } = useSession();
  const [isSwitching, setSwitching] = useState(false);
  const preferenceItems = usePreferenceItems();
  const name = isolated(identity.name);
  const known = regions.find(([id]) => id === region);
  return (
    <>
      <TopNavigation
        identity={{ title: "Sealift", href: links.href("/") }}
        search={<GlobalSearch subjects={subjects} />}
        utilities={[
          {
            type: "menu-dropdown",
            text: known ? known[1][language] : region,
            title: t.region,
            ariaLabel: `${t.region}: ${known ? known[1][language] : region}`,
            items: regions.map(([id, names]) => ({ id, text: names[language], secondaryText: id })),
            onItemClick: ({ detail }) => onRegion(detail.id),
          },
          ...preferenceItems,
          {
            type: "menu-dropdown",
            text: `${name} @ ${identity.accountId}`,
            title: name,
            description: `${t.account}: ${identity.accountId}`,
            iconName: "user-profile",
            items: [
              { id: "switch-role", text: t.switchRole },
              ...(base ? [{ id: "switch-back", text: t.switchBack(isolated(base.identity.name)) }] : []),
              { id: "sign-out", text: t.signOut },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === "switch-role") setSwitching(true);
              else if (detail.id === "switch-back" && base) void store.switchBack(base);
              else if (detail.id === "sign-out") signOutEverywhere(store);
            },
          },
        ]}
      />
      {isSwitching && <SwitchRole store={store} onClose={() => setSwitching(false)} />}
    </>
  );
}
