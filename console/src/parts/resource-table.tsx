import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";
import { Problem } from "./problem.tsx";
import { matches, Ranks } from "./rows.ts";
import { TablePreferences, useTablePreferences } from "./table-preferences.tsx";

export interface Column<Item> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: Item) => ReactNode;
  /** What the column is sorted by, and the filter looks into. Without it the column does neither. */
  readonly value?: (item: Item) => string | number | undefined;
  /** False for a column that is shown once the reader chooses it. */
  readonly isVisible?: boolean;
  readonly width?: number;
  /** The column that names the row for a screen reader. */
  readonly isRowHeader?: boolean;
}

export interface ResourceTableProps<Item> {
  /** Under which the reader's choice of columns is kept: `ssm-parameters`. */
  readonly id: string;
  readonly title: string;
  readonly description?: ReactNode;
  /** What is shown; undefined data without an error is still loading. */
  readonly read: {
    readonly data: readonly Item[] | undefined;
    readonly error: unknown;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
  readonly columns: readonly Column<Item>[];
  readonly trackBy: (item: Item) => string;
  readonly selection?: "single" | "multi";
  /** Keys of what is selected, where the page keeps that itself. */
  readonly selected?: readonly string[];
  readonly onSelected?: (keys: readonly string[]) => void;
  /** True for a row that cannot be selected. */
  readonly isDisabled?: (item: Item) => boolean;
  /** Buttons, for what is selected. */
  readonly actions?: (selected: readonly Item[], clear: () => void) => ReactNode;
  readonly empty: { readonly title: string; readonly text?: string; readonly action?: ReactNode };
  readonly filterPlaceholder?: string;
  /** Further filters, beside the text. */
  readonly filters?: ReactNode;
  /** `full-page` for a page that is this table: its heading is the page's, and its filter is part of the address. */
  readonly variant?: "full-page" | "container" | "embedded";
  /** True for a table of sentences: lines wrap unless the reader chooses otherwise. */
  readonly wrapLines?: boolean;
  /** The column that sorts at first, and which way. */
  readonly sortedBy?: { readonly id: string; readonly isDescending?: boolean };
}

/** A list of resources: filter, sorting, pages, columns of the reader's choice, and what to say when there is nothing. */
export function ResourceTable<Item>(props: ResourceTableProps<Item>) {
  const {
    id,
    title,
    description,
    read,
    columns,
    trackBy,
    selection,
    actions,
    empty,
    filters,
    variant = "container",
  } = props;
  const t = useMessages(parts);
  const words = useMessages(common);
  const isFullPage = variant === "full-page";
  const [search, setSearch] = useSearchParams();
  const [preferences, setPreferences] = useTablePreferences(id, columns, props.wrapLines);
  const [known] = useState(() => new Map<string, Ranks<Item>>());
  const definitions = useMemo(
    () => columns.map((column) => columnDefinition(column, read.data ?? [], known)),
    [columns, read.data, known],
  );
  const sorted = definitions.find((column) => column.id === props.sortedBy?.id);
  const none = read.error ? (
    <Problem error={read.error} onRetry={() => read.refetch()} />
  ) : (
    <Nothing title={empty.title} text={empty.text} action={empty.action} />
  );
  const collection = useCollection<Item>(read.data ?? [], {
    filtering: {
      defaultFilteringText: isFullPage ? (search.get("filter") ?? "") : "",
      filteringFunction: (item, text) => matches(item, text, columns),
      empty: none,
      noMatch: (
        <Nothing
          title={t.noMatch}
          text={t.noMatchText}
          action={<Button onClick={() => collection.actions.setFiltering("")}>{t.clearFilter}</Button>}
        />
      ),
    },
    pagination: { pageSize: preferences.pageSize },
    sorting: sorted
      ? { defaultState: { sortingColumn: sorted, isDescending: props.sortedBy?.isDescending ?? false } }
      : {},
    selection: { trackBy },
  });
  const { filteringText } = collection.filterProps;
  useEffect(() => {
    if (!isFullPage || (search.get("filter") ?? "") === filteringText) return;
    const next = new URLSearchParams(search);
    if (filteringText === "") next.delete("filter");
    else next.set("filter", filteringText);
    setSearch(next, { replace: true });
  }, [isFullPage, filteringText, search, setSearch]);

  const keys = props.selected && new Set(props.selected);
  const selected = keys
    ? (read.data ?? []).filter((item) => keys.has(trackBy(item)))
    : (collection.collectionProps.selectedItems ?? []);
  const { data } = read;
  return (
    <Table<Item>
      {...collection.collectionProps}
      {...(keys && {
        selectedItems: selected,
        onSelectionChange: ({ detail }) => props.onSelected?.(detail.selectedItems.map(trackBy)),
      })}
      variant={variant}
      stickyHeader={isFullPage}
      items={collection.items}
      columnDefinitions={definitions}
      columnDisplay={preferences.columns}
      trackBy={trackBy}
      {...(selection && { selectionType: selection })}
      {...(props.isDisabled && { isItemDisabled: props.isDisabled })}
      loading={data === undefined && !read.error}
      loadingText={words.loading}
      wrapLines={preferences.wrapLines}
      stripedRows={preferences.stripedRows}
      resizableColumns
      enableKeyboardNavigation
      ariaLabels={{
        tableLabel: title,
        selectionGroupLabel: title,
        allItemsSelectionLabel: () => title,
        itemSelectionLabel: (_, item) => trackBy(item),
      }}
      header={
        <Header
          variant={isFullPage ? "awsui-h1-sticky" : "h2"}
          description={description}
          counter={data === undefined ? "" : counter(data.length, selected.length)}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                ariaLabel={words.refresh}
                loading={read.isFetching && data === undefined}
                onClick={() => read.refetch()}
              />
              {actions?.(selected, () => collection.actions.setSelectedItems([]))}
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      filter={
        <div className="app-filters">
          <TextFilter
            {...collection.filterProps}
            filteringPlaceholder={props.filterPlaceholder ?? t.find}
            filteringAriaLabel={props.filterPlaceholder ?? t.find}
            countText={t.matches(collection.filteredItemsCount ?? 0)}
          />
          {filters}
        </div>
      }
      pagination={<Pagination {...collection.paginationProps} />}
      preferences={<TablePreferences columns={columns} value={preferences} onChange={setPreferences} />}
    />
  );
}

function counter(count: number, selected: number): string {
  return selected > 0 ? `(${selected}/${count})` : `(${count})`;
}

function columnDefinition<Item>(
  { id, header, cell, value, width, isRowHeader }: Column<Item>,
  items: readonly Item[],
  known: Map<string, Ranks<Item>>,
) {
  let found: ReadonlyMap<Item, number> | undefined;
  function rank(item: Item): number {
    if (!found && value) {
      const ranks = known.get(id) ?? new Ranks<Item>();
      known.set(id, ranks);
      found = ranks.of(items, value);
    }
    return found?.get(item) ?? 0;
  }
  return {
    id,
    header,
    cell,
    isRowHeader: isRowHeader ?? false,
    ...(width !== undefined && { width }),
    ...(value && { sortingComparator: (one: Item, other: Item) => rank(one) - rank(other) }),
  };
}

function Nothing({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly action?: ReactNode;
}) {
  return (
    <Box textAlign="center" color="inherit" padding={{ vertical: "s" }}>
      <SpaceBetween size="s">
        <div>
          <Box variant="strong">{title}</Box>
          {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}
