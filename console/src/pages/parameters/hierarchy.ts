export interface Level<Item> {
  /** Levels below this one, each with how many parameters it holds at any depth. */
  readonly levels: readonly { readonly path: string; readonly count: number }[];
  readonly parameters: readonly Item[];
}

/** What stands directly below a path such as `/prod/`; `/` is the top, where parameters without a slash stand too. */
export function levelOf<Item extends { readonly Name?: string | undefined }>(
  items: readonly Item[],
  path: string,
): Level<Item> {
  const counts = new Map<string, number>();
  const parameters: Item[] = [];
  for (const item of items) {
    const name = item.Name ?? "";
    const full = name.startsWith("/") ? name : `/${name}`;
    if (!full.startsWith(path)) continue;
    const slash = full.indexOf("/", path.length);
    if (slash < 0) parameters.push(item);
    else counts.set(full.slice(0, slash + 1), (counts.get(full.slice(0, slash + 1)) ?? 0) + 1);
  }
  const levels = [...counts].map(([below, count]) => ({ path: below, count }));
  return { levels: levels.sort((one, other) => (one.path < other.path ? -1 : 1)), parameters };
}

/** The levels above and at a path, from the top: `/`, `/prod/`, `/prod/web/`. */
export function levelsTo(path: string): readonly { readonly path: string; readonly name: string }[] {
  const names = path.split("/").filter(Boolean);
  return [
    { path: "/", name: "/" },
    ...names.map((name, index) => ({ path: `/${names.slice(0, index + 1).join("/")}/`, name })),
  ];
}
