import { To } from "./links.tsx";
import type { Column } from "./resource-table.tsx";
import { Text } from "./text.tsx";
import { Time } from "./time.tsx";

type Options<Item> = Pick<Column<Item>, "width" | "isVisible">;

/** The name of a row's resource, leading to its page. */
export function nameColumn<Item>(
  header: string,
  value: (item: Item) => string | undefined,
  page: (item: Item) => string,
  options: Options<Item> = {},
): Column<Item> {
  const cell = (item: Item) => (
    <To to={page(item)}>
      <Text>{value(item)}</Text>
    </To>
  );
  return { id: "name", header, isRowHeader: true, value, cell, ...options };
}

/** Text of unknown origin. */
export function textColumn<Item>(
  id: string,
  header: string,
  value: (item: Item) => string | undefined,
  options: Options<Item> = {},
): Column<Item> {
  return { id, header, value, cell: (item) => <Text>{value(item)}</Text>, ...options };
}

/** A moment, in seconds since 1970. */
export function timeColumn<Item>(
  id: string,
  header: string,
  value: (item: Item) => number | undefined,
  options: Options<Item> = {},
): Column<Item> {
  return { id, header, value, cell: (item) => <Time at={value(item)} />, ...options };
}
