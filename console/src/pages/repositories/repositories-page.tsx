import type { Repository } from "@aws-sdk/client-ecr";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { DeleteRepository } from "./delete-repository.tsx";
import { messages } from "./messages.ts";

export default function RepositoriesPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState<string>();
  const read = useList("ecr", "DescribeRepositories", {}, "repositories");
  const create = (
    <Button variant="primary" onClick={() => void navigate("/ecr/create-repository")}>
      {t.create}
    </Button>
  );
  return (
    <Page title={t.repositories} breadcrumbs={[{ text: t.service, to: "/ecr/repositories" }]} contentType="table">
      <ResourceTable<Wire<Repository>>
        id="ecr-repositories"
        variant="full-page"
        title={t.repositories}
        description={t.repositoriesText}
        read={read}
        trackBy={({ repositoryArn = "" }) => repositoryArn}
        selection="single"
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.find}
        empty={{ title: t.none, text: t.repositoriesText, action: create }}
        actions={([chosen]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!chosen} onClick={() => setDoomed(chosen?.repositoryName)}>
              {words.delete}
            </Button>
            {create}
          </SpaceBetween>
        )}
        columns={[
          {
            id: "name",
            header: t.repositoryName,
            isRowHeader: true,
            width: 280,
            value: ({ repositoryName }) => repositoryName,
            cell: ({ repositoryName = "" }) => (
              <To to={to.repository(repositoryName)}>
                <Text>{repositoryName}</Text>
              </To>
            ),
          },
          {
            id: "uri",
            header: "URI",
            width: 420,
            value: ({ repositoryUri }) => repositoryUri,
            cell: ({ repositoryUri }) => <Copyable>{repositoryUri}</Copyable>,
          },
          {
            id: "mutability",
            header: t.mutability,
            width: 200,
            value: ({ imageTagMutability }) => imageTagMutability,
            cell: ({ imageTagMutability }) => <Text>{imageTagMutability}</Text>,
          },
          {
            id: "created",
            header: t.createdAt,
            value: ({ createdAt }) => createdAt,
            cell: ({ createdAt }) => <Time at={createdAt} />,
          },
        ]}
      />
      {doomed !== undefined && <DeleteRepository name={doomed} onClose={() => setDoomed(undefined)} />}
    </Page>
  );
}
