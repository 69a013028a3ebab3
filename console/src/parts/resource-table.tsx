import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";
import { Problem } from "./problem.tsx";
import type { Sort, TableState } from "./table-address.ts";
import { TablePreferences, useTablePreferences } from "./table-preferences.tsx";
import { useTable } from "./use-table.ts";

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
  /** `full-page` for a page that is this table: its heading is the page's; filter, page and order are part of the address. */
  readonly variant?: "full-page" | "container" | "embedded";
  /** True for a table of sentences: lines wrap unless the reader chooses otherwise. */
  readonly wrapLines?: boolean;
  /** The column that sorts at first, and which way. */
  readonly sortedBy?: Sort;
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
  const [preferences, setPreferences] = useTablePreferences(id, columns, props.wrapLines);
  const { data } = read;
  const { state, change, found, pages, page, rows } = useTable({
    ...{ data, columns, pageSize: preferences.pageSize, isInAddress: isFullPage, sortedBy: props.sortedBy },
  });
  const table = useRef<TableProps.Ref>(null);
  function show(part: Partial<TableState>): void {
    change(part);
    table.current?.scrollToTop();
  }
  const definitions = useMemo(() => columns.map(columnDefinition), [columns]);
  const sorted = definitions.find((column) => column.id === state.sort?.id);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const keys = new Set(props.selected ?? chosen);
  // Nothing is done to what is out of sight, unless the page itself keeps what is selected.
  const selected = ((props.selected && data) || rows).filter((item) => keys.has(trackBy(item)));
  // What went, or is on another page, is not selected when it comes again.
  if (data && !props.selected && selected.length < chosen.length) setChosen(selected.map(trackBy));
  const problem = read.error ? <Problem error={read.error} onRetry={() => read.refetch()} /> : undefined;
  return (
    <Table<Item>
      ref={table}
      empty={
        data !== undefined && data.length > 0 ? (
          <Nothing
            title={t.noMatch}
            text={t.noMatchText}
            action={<Button onClick={() => show({ filter: "", page: 1 })}>{t.clearFilter}</Button>}
          />
        ) : (
          (problem ?? <Nothing {...empty} />)
        )
      }
      {...(sorted && { sortingColumn: sorted })}
      sortingDescending={state.sort?.isDescending ?? false}
      onSortingChange={({ detail }) =>
        show({
          sort: { id: (detail.sortingColumn as { id: string }).id, isDescending: detail.isDescending ?? false },
          page: 1,
        })
      }
      selectedItems={selected}
      onSelectionChange={({ detail }) => {
        const next = detail.selectedItems.map(trackBy);
        if (props.selected) props.onSelected?.(next);
        else setChosen(next);
      }}
      firstIndex={(page - 1) * preferences.pageSize + 1}
      totalItemsCount={found.length}
      variant={variant}
      stickyHeader={isFullPage}
      items={rows}
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
              {actions?.(selected, () => setChosen([]))}
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      filter={
        <SpaceBetween size="s">
          {/* What could not be read again is as old as it was. */}
          {data !== undefined && data.length > 0 && problem}
          <div className="app-filters">
            <TextFilter
              filteringText={state.filter}
              onChange={({ detail }) => show({ filter: detail.filteringText, page: 1 })}
              filteringPlaceholder={props.filterPlaceholder ?? t.find}
              filteringAriaLabel={props.filterPlaceholder ?? t.find}
              countText={t.matches(found.length)}
            />
            {filters}
          </div>
        </SpaceBetween>
      }
      pagination={
        <Pagination
          currentPageIndex={page}
          pagesCount={pages}
          onChange={({ detail }) => show({ page: detail.currentPageIndex })}
        />
      }
      preferences={<TablePreferences columns={columns} value={preferences} onChange={setPreferences} />}
    />
  );
}

function counter(count: number, selected: number): string {
  return selected > 0 ? `(${selected}/${count})` : `(${count})`;
}

function columnDefinition<Item>({ id, header, cell, value, width, isRowHeader }: Column<Item>) {
  return {
    id,
    header,
    cell,
    isRowHeader: isRowHeader ?? false,
    ...(width !== undefined && { width }),
    // The rows come in order; this tells the table by which columns they can.
    ...(value && { sortingField: id }),
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
