import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { useSearchParams } from "react-router";

/** The tabs of a resource's page. Which one is open is part of the address; without it, it is the first. */
export function PageTabs({ tabs, ...label }: Pick<TabsProps, "tabs" | "ariaLabel">) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("tab");
  const [first] = tabs;
  return (
    <Tabs
      {...label}
      activeTabId={(tabs.find(({ id }) => id === asked) ?? first)?.id ?? ""}
      onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
      tabs={tabs}
    />
  );
}
