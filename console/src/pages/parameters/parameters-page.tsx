import type { ParameterMetadata } from "@aws-sdk/client-ssm";
import Box from "@cloudscape-design/components/box";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { chunks } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To, useLinks } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { type Column, ResourceTable } from "../../parts/resource-table.tsx";
import { isolated, Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { levelOf, levelsTo } from "./hierarchy.ts";
import { messages } from "./messages.ts";
import { tierText } from "./parameter-name.ts";

/** A parameter, or in the hierarchy a level of it. */
type Row = Wire<ParameterMetadata> & { readonly level?: { readonly path: string; readonly count: number } };

export default function ParametersPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const links = useLinks();
  const [search] = useSearchParams();
  const [doomed, setDoomed] = useState<readonly Row[]>();
  const path = search.get("path") ?? undefined;
  const read = useList("ssm", "DescribeParameters", { MaxResults: 50 }, "Parameters");
  const rows = useMemo(
    () => (read.data && path !== undefined ? rowsAt(read.data, path) : read.data),
    [read.data, path],
  );

  const columns: readonly Column<Row>[] = [
    {
      id: "name",
      header: t.name,
      isRowHeader: true,
      width: 360,
      value: ({ Name }) => Name,
      cell: ({ Name = "", level }) =>
        level ? (
          <To to={here(level.path)}>
            <Icon name="folder" /> <Text>{level.path}</Text>
          </To>
        ) : (
          <To to={to.parameter(Name)}>
            <Text>{Name}</Text>
          </To>
        ),
    },
    {
      id: "tier",
      header: t.tier,
      width: 130,
      value: ({ Tier }) => tierText(Tier, t),
      cell: ({ Tier, level }) => (level ? t.parametersBelow(level.count) : tierText(Tier, t)),
    },
    { id: "type", header: words.type, width: 150, value: ({ Type }) => Type, cell: ({ Type }) => Type ?? "" },
    {
      id: "modified",
      header: t.lastModified,
      width: 200,
      value: ({ LastModifiedDate }) => LastModifiedDate,
      cell: ({ LastModifiedDate, level }) => (level ? "" : <Time at={LastModifiedDate} />),
    },
    {
      id: "version",
      header: words.version,
      width: 110,
      value: ({ Version }) => Version,
      cell: ({ Version }) => Version ?? "",
    },
    {
      id: "description",
      header: words.description,
      isVisible: false,
      value: ({ Description }) => Description,
      cell: ({ Description, level }) => (level ? "" : <Text>{Description}</Text>),
    },
    {
      id: "key",
      header: t.keyId,
      isVisible: false,
      value: ({ KeyId }) => KeyId,
      cell: ({ KeyId, level }) => (level ? "" : <Text>{KeyId}</Text>),
    },
  ];
  return (
    <Page title={t.title} breadcrumbs={[{ text: t.service, to: "/systems-manager/parameters" }]} contentType="table">
      <ResourceTable<Row>
        id="ssm-parameters"
        variant="full-page"
        title={t.title}
        read={{ ...read, data: rows }}
        trackBy={({ Name = "", level }) => level?.path ?? Name}
        selection="multi"
        isDisabled={({ level }) => level !== undefined}
        filterPlaceholder={t.find}
        sortedBy={{ id: "name" }}
        columns={columns}
        empty={{
          title: t.empty,
          text: t.emptyText,
          action: <Button onClick={() => void navigate("/systems-manager/create-parameter")}>{t.create}</Button>,
        }}
        filters={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <SegmentedControl
              label={t.level}
              selectedId={path === undefined ? "all" : "levels"}
              options={[
                { id: "all", text: t.allParameters },
                { id: "levels", text: t.byHierarchy },
              ]}
              onChange={({ detail }) => void navigate(here(detail.selectedId === "all" ? undefined : "/"))}
            />
            {path !== undefined && path !== "/" && (
              <Box>
                <BreadcrumbGroup
                  ariaLabel={t.level}
                  items={levelsTo(path).map((level) => ({
                    ...{ text: isolated(level.name), href: links.href(here(level.path)) },
                  }))}
                  onFollow={links.follow}
                />
              </Box>
            )}
          </SpaceBetween>
        }
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected.length !== 1}
              onClick={() => void navigate(to.parameter(selected[0]?.Name ?? ""))}
            >
              {t.viewDetails}
            </Button>
            <Button
              disabled={selected.length !== 1}
              onClick={() => void navigate(`${to.parameter(selected[0]?.Name ?? "")}/edit`)}
            >
              {words.edit}
            </Button>
            <Button disabled={selected.length === 0} onClick={() => setDoomed(selected)}>
              {words.delete}
            </Button>
            <Button
              variant="primary"
              onClick={() =>
                void navigate(`/systems-manager/create-parameter${path ? `?${new URLSearchParams({ path })}` : ""}`)
              }
            >
              {t.create}
            </Button>
          </SpaceBetween>
        )}
      />
      {doomed && <DeleteParameters names={doomed.map(({ Name = "" }) => Name)} onClose={() => setDoomed(undefined)} />}
    </Page>
  );
}

/** The address of this page at a level of the hierarchy, or with all parameters. */
function here(path: string | undefined): string {
  return `/systems-manager/parameters${path === undefined ? "" : `?${new URLSearchParams({ path })}`}`;
}

function rowsAt(parameters: readonly Row[], path: string): readonly Row[] {
  const { levels, parameters: here } = levelOf(parameters, path);
  return [...levels.map((level) => ({ Name: level.path, level })), ...here];
}

/** Most names that one DeleteParameters takes. */
const mostAtOnce = 10;

function DeleteParameters({ names, onClose }: { readonly names: readonly string[]; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction(async (api) => {
    for (const some of chunks(names, mostAtOnce)) await api.call("ssm", "DeleteParameters", { Names: some });
    return names.length;
  });
  return (
    <ConfirmDelete
      what={names.length === 1 ? (names[0] ?? "") : t.parametersBelow(names.length)}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.deleted(names.length) });
        onClose();
      }}
    />
  );
}
