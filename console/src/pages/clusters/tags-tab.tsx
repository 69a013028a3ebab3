import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Problem } from "../../parts/problem.tsx";
import type { ResourceTableProps } from "../../parts/resource-table.tsx";
import { type TagPair, TagsEditor, TagsTable } from "../../parts/tags.tsx";
import { isReserved, tagChanges } from "./tag-changes.ts";
import { ecs } from "./words.ts";

/** The tags of a resource, and their editor. */
export function TagsTab({
  arn,
  tags,
  read,
}: {
  readonly arn: string | undefined;
  readonly tags: readonly TagPair[];
  readonly read: Omit<ResourceTableProps<TagPair>["read"], "data">;
}) {
  const e = useMessages(ecs);
  const words = useMessages(common);
  const own = tags.filter((tag) => !isReserved(tag));
  const [edited, setEdited] = useState<readonly TagPair[]>();
  const save = useAction(async (api) => {
    const { set, removed } = tagChanges(own, edited ?? own);
    const resourceArn = arn ?? "";
    if (removed.length > 0) await api.call("ecs", "UntagResource", { resourceArn, tagKeys: removed });
    if (set.length > 0) await api.call("ecs", "TagResource", { resourceArn, tags: set });
    return true;
  });
  if (!edited) {
    return (
      <SpaceBetween size="s">
        <Box float="right">
          <Button onClick={() => setEdited(own)}>{e.manageTags}</Button>
        </Box>
        <TagsTable read={{ ...read, data: tags }} />
      </SpaceBetween>
    );
  }
  return (
    <Container header={<Header variant="h2">{e.manageTags}</Header>}>
      <SpaceBetween size="l">
        <TagsEditor tags={edited} onChange={setEdited} />
        <Problem error={save.error} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={() => setEdited(undefined)}>
            {words.cancel}
          </Button>
          <Button
            variant="primary"
            loading={save.isRunning}
            onClick={async () => {
              if (await save.run()) setEdited(undefined);
            }}
          >
            {words.save}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
