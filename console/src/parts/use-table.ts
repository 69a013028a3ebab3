import { useMemo, useState } from "react";
import { useLocation, useNavigationType, useSearchParams } from "react-router";
import { matches, Ranks, type Valued } from "./rows.ts";
import { type Sort, stateOf, type TableState, withState } from "./table-address.ts";

/** Marks what a table itself writes into the address: it knows that already, and may know more, as people type fast. */
const written = { isOfTable: true };

/** What a table shows. Where it is part of the address, links, back and forward change it too. */
function useTableState(isInAddress: boolean, sortedBy: Sort | undefined) {
  const [search, setSearch] = useSearchParams();
  const location = useLocation();
  const isReplaced = useNavigationType() === "REPLACE";
  const [state, setState] = useState(() => stateOf(isInAddress ? search : new URLSearchParams(), sortedBy));
  const [seen, setSeen] = useState(location.search);
  if (isInAddress && location.search !== seen) {
    setSeen(location.search);
    const isOwn = isReplaced && (location.state as Partial<typeof written> | null)?.isOfTable === true;
    if (!isOwn) setState(stateOf(search, sortedBy));
  }
  function change(part: Partial<TableState>): void {
    const next = { ...state, ...part };
    setState(next);
    if (isInAddress) setSearch((current) => withState(current, next, sortedBy), { replace: true, state: written });
  }
  return [state, change] as const;
}

interface TableColumn<Item> extends Valued<Item> {
  readonly id: string;
}

export interface TableOptions<Item> {
  /** Undefined while it is loading. */
  readonly data: readonly Item[] | undefined;
  readonly columns: readonly TableColumn<Item>[];
  readonly pageSize: number;
  readonly isInAddress: boolean;
  readonly sortedBy: Sort | undefined;
}

/** The rows of one page of a list, filtered and sorted as its reader chose. */
export function useTable<Item>({ data, columns, pageSize, isInAddress, sortedBy }: TableOptions<Item>) {
  const [state, change] = useTableState(isInAddress, sortedBy);
  const { filter, sort } = state;
  const [ranks] = useState(() => new Map<string, Ranks<Item>>());
  const { id, isDescending = false } = sort ?? {};
  const sorted = useMemo(() => {
    const value = columns.find((column) => column.id === id)?.value;
    if (!data || !value || id === undefined) return data ?? [];
    const known = ranks.get(id) ?? new Ranks<Item>();
    ranks.set(id, known);
    const order = known.of(data, value);
    const rank = (item: Item) => order.get(item) ?? 0;
    return data.toSorted((one, other) => (isDescending ? rank(other) - rank(one) : rank(one) - rank(other)));
  }, [data, columns, ranks, id, isDescending]);
  const found = useMemo(() => sorted.filter((item) => matches(item, filter, columns)), [sorted, filter, columns]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  // The last page may have gone with its rows; while nothing is there yet, no page has.
  const page = data ? Math.min(state.page, pages) : state.page;
  return { state, change, found, pages, page, rows: found.slice((page - 1) * pageSize, page * pageSize) };
}
