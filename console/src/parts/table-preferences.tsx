import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import { useCallback, useState } from "react";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";

export interface TableChoice {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  readonly stripedRows: boolean;
  /** All columns in the order of the reader's choice. */
  readonly columns: readonly { readonly id: string; readonly visible: boolean }[];
}

interface KnownColumn {
  readonly id: string;
  readonly header: string;
  readonly isVisible?: boolean;
}

const pageSizes = [20, 50, 100, 200];

/** The reader's choice for one table, kept in the browser: columns and sizes, and nothing of what the table holds. */
export function useTablePreferences(id: string, columns: readonly KnownColumn[], wrapLines = false) {
  const key = `sealift.table.${id}`;
  const [choice, setChoice] = useState(() => read(key, columns, wrapLines));
  const write = useCallback(
    (next: TableChoice) => {
      setChoice(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage is full or forbidden: the choice holds until the page is left.
      }
    },
    [key],
  );
  return [choice, write] as const;
}

function read(key: string, columns: readonly KnownColumn[], wrapLines: boolean): TableChoice {
  let stored: Partial<TableChoice> = {};
  try {
    stored = (JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<TableChoice> | null) ?? {};
  } catch {
    // What another version or hand wrote there is no choice.
  }
  const known = (Array.isArray(stored.columns) ? stored.columns : []).filter(({ id }) =>
    columns.some((column) => column.id === id),
  );
  const added = columns.filter(({ id }) => !known.some((column) => column.id === id));
  return {
    pageSize: pageSizes.find((size) => size === stored.pageSize) ?? 50,
    wrapLines: typeof stored.wrapLines === "boolean" ? stored.wrapLines : wrapLines,
    stripedRows: stored.stripedRows === true,
    columns: [...known, ...added.map(({ id, isVisible = true }) => ({ id, visible: isVisible }))],
  };
}

export function TablePreferences({
  columns,
  value,
  onChange,
}: {
  readonly columns: readonly KnownColumn[];
  readonly value: TableChoice;
  readonly onChange: (choice: TableChoice) => void;
}) {
  const t = useMessages(parts);
  const words = useMessages(common);
  return (
    <CollectionPreferences
      title={t.preferences}
      confirmLabel={words.confirm}
      cancelLabel={words.cancel}
      preferences={{ ...value, contentDisplay: value.columns }}
      onConfirm={({ detail }) =>
        onChange({
          pageSize: detail.pageSize ?? value.pageSize,
          wrapLines: detail.wrapLines ?? false,
          stripedRows: detail.stripedRows ?? false,
          columns: (detail.contentDisplay ?? []).flatMap((item) =>
            "visible" in item ? [{ id: item.id, visible: item.visible }] : [],
          ),
        })
      }
      pageSizePreference={{
        title: t.pageSize,
        options: pageSizes.map((size) => ({ value: size, label: t.resources(size) })),
      }}
      wrapLinesPreference={{ label: t.wrapLines, description: t.wrapLinesText }}
      stripedRowsPreference={{ label: t.striped, description: t.stripedText }}
      contentDisplayPreference={{
        title: t.columns,
        options: columns.map(({ id, header }, index) => ({ id, label: header, alwaysVisible: index === 0 })),
      }}
    />
  );
}
