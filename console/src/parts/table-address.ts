/** What a reader chose for a table to show. */
export interface TableState {
  readonly filter: string;
  /** From 1. */
  readonly page: number;
  readonly sort: Sort | undefined;
}

export interface Sort {
  /** The column. */
  readonly id: string;
  readonly isDescending?: boolean;
}

/** The state that an address tells: `?filter=web&page=2&sort=-created`. */
export function stateOf(search: URLSearchParams, sortedBy: Sort | undefined): TableState {
  const [page, sort] = [Number(search.get("page")), search.get("sort")];
  return {
    filter: search.get("filter") ?? "",
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    sort: sort ? { id: sort.replace(/^-/, ""), isDescending: sort.startsWith("-") } : sortedBy,
  };
}

/** The address with a state. What is as always is not in it. */
export function withState(search: URLSearchParams, state: TableState, sortedBy: Sort | undefined): URLSearchParams {
  const { filter, page, sort } = state;
  return withParams(search, {
    filter: filter || undefined,
    page: page > 1 ? String(page) : undefined,
    sort: sortText(sort) === sortText(sortedBy) ? undefined : sortText(sort),
  });
}

function sortText(sort: Sort | undefined): string | undefined {
  return sort && `${sort.isDescending ? "-" : ""}${sort.id}`;
}

/**
 * The address with other parameters; those that are undefined go. It begins at the first page, unless one is named, as the list is
 * another one.
 */
export function withParams(
  search: URLSearchParams,
  params: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries({ page: undefined, ...params })) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  return next;
}
