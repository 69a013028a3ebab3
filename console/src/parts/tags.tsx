import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";
import { ResourceTable, type ResourceTableProps } from "./resource-table.tsx";
import { Text } from "./text.tsx";

export interface TagPair {
  readonly key: string;
  readonly value: string;
}

/** Pairs of the services' several shapes: `Key`/`Value`, `key`/`value` and KMS's `TagKey`/`TagValue`. */
export function tagPairs(tags: readonly object[] | undefined): TagPair[] {
  return (tags ?? []).map((tag) => {
    // In a document that somebody writes it may be anything yet.
    const { Key, key, TagKey, Value, value, TagValue } = (tag ?? {}) as Readonly<Record<string, unknown>>;
    return { key: String(Key ?? key ?? TagKey ?? ""), value: String(Value ?? value ?? TagValue ?? "") };
  });
}

/** Tags of a form that creates something. Rows without a key are no tags: `enteredTags`. */
export function TagsEditor({
  tags,
  onChange,
  most = 50,
}: {
  readonly tags: readonly TagPair[];
  readonly onChange: (tags: readonly TagPair[]) => void;
  readonly most?: number;
}) {
  const t = useMessages(parts);
  const words = useMessages(common);
  const change = (index: number, part: Partial<TagPair>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)));
  return (
    <AttributeEditor<TagPair>
      items={[...tags]}
      addButtonText={t.addTag}
      removeButtonText={t.removeTag}
      disableAddButton={tags.length >= most}
      empty={t.tagEmpty}
      onAddButtonClick={() => onChange([...tags, { key: "", value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(tags.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: words.key,
          control: ({ key }, index) => (
            <Input value={key} ariaLabel={words.key} onChange={({ detail }) => change(index, { key: detail.value })} />
          ),
        },
        {
          label: `${words.value} - ${words.optional}`,
          control: ({ value }, index) => (
            <Input
              value={value}
              ariaLabel={words.value}
              onChange={({ detail }) => change(index, { value: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}

export function enteredTags(tags: readonly TagPair[]): readonly TagPair[] {
  return tags.filter(({ key }) => key !== "");
}

/** The tags of a resource, as its page shows them. */
export function TagsTable({ read }: { readonly read: ResourceTableProps<TagPair>["read"] }) {
  const t = useMessages(parts);
  const words = useMessages(common);
  return (
    <ResourceTable<TagPair>
      id="tags"
      title={words.tags}
      read={read}
      trackBy={({ key }) => key}
      columns={[
        {
          id: "key",
          header: words.key,
          cell: ({ key }) => <Text>{key}</Text>,
          value: ({ key }) => key,
          isRowHeader: true,
        },
        { id: "value", header: words.value, cell: ({ value }) => <Text>{value}</Text>, value: ({ value }) => value },
      ]}
      empty={{ title: t.noTags, text: t.tagEmpty }}
    />
  );
}
