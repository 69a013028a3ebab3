import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useMemo } from "react";
import { useLocation } from "react-router";
import { useLanguage, useMessages } from "../i18n/messages.ts";
import { useLinks } from "../parts/links.tsx";
import { type NavigationService, navigationServices, type Subject } from "../parts/subject.ts";
import { shell } from "./messages.ts";

/** The services and their pages, in AWS's words and order. */
export function Navigation({ subjects }: { readonly subjects: readonly Subject[] }) {
  const t = useMessages(shell);
  const language = useLanguage();
  const links = useLinks();
  const { pathname } = useLocation();
  const all = useMemo(() => subjects.flatMap(({ navigation = [] }) => navigation), [subjects]);
  // The link of a page is that of the list above it: the longest that the address begins with.
  const active = all
    .map(({ to }) => to)
    .filter((to) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];
  return (
    <SideNavigation
      header={{ text: t.home, href: links.href("/") }}
      activeHref={links.href(active ?? pathname)}
      onFollow={links.follow}
      items={(Object.keys(navigationServices) as NavigationService[]).flatMap((service) => {
        const own = all.filter((link) => link.service === service);
        if (own.length === 0) return [];
        return [
          {
            type: "section" as const,
            text: navigationServices[service][language],
            items: own.map(({ text, to }) => ({ type: "link" as const, text: text[language], href: links.href(to) })),
          },
        ];
      })}
    />
  );
}
