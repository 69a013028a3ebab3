import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useCall } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { ArnLink, To } from "../../parts/links.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { SecretValue } from "../../parts/secret-value.tsx";
import { TagsTable, tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages as usedBy } from "../../parts/used-by/messages.ts";
import { UsedBy } from "../../parts/used-by/used-by.tsx";
import { History } from "./history.tsx";
import { messages } from "./messages.ts";
import { tierText } from "./parameter-name.ts";
import { useParameter } from "./use-parameter.ts";

export default function ParameterPage() {
  const t = useMessages(messages);
  const u = useMessages(usedBy);
  const words = useMessages(common);
  const { name = "" } = useParams();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const read = useParameter(name);
  return (
    <>
      <DetailsPage
        title={name}
        breadcrumbs={[
          { text: t.service, to: "/systems-manager/parameters" },
          { text: t.store, to: "/systems-manager/parameters" },
        ]}
        read={read}
        actions={() => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDeleting(true)}>{words.delete}</Button>
            <Button variant="primary" onClick={() => void navigate(`${to.parameter(name)}/edit`)}>
              {words.edit}
            </Button>
          </SpaceBetween>
        )}
      >
        {(parameter) => (
          <PageTabs
            tabs={[
              {
                id: "overview",
                label: t.overview,
                content: (
                  <SpaceBetween size="l">
                    <Details
                      title={t.parameterDetails}
                      items={[
                        { label: t.name, value: <Copyable>{parameter.Name}</Copyable> },
                        { label: "ARN", value: <Copyable>{parameter.ARN}</Copyable> },
                        { label: words.description, value: <Text>{parameter.Description}</Text> },
                        { label: t.tier, value: tierText(parameter.Tier, t) },
                        { label: words.type, value: parameter.Type },
                        { label: t.dataType, value: parameter.DataType },
                        {
                          label: t.keyId,
                          value: parameter.KeyId && (
                            <To to={to.key(parameter.KeyId)}>
                              <Text>{parameter.KeyId}</Text>
                            </To>
                          ),
                        },
                        { label: words.version, value: parameter.Version },
                        { label: t.lastModified, value: <Time at={parameter.LastModifiedDate} seconds /> },
                        { label: t.lastModifiedBy, value: <ArnLink arn={parameter.LastModifiedUser} /> },
                      ]}
                    />
                    <Container
                      header={
                        <Header variant="h2" description={t.valueAudited}>
                          {t.value}
                        </Header>
                      }
                    >
                      <SecretValue
                        of={`${name}:${parameter.Version}`}
                        showText={parameter.Type === "SecureString" ? t.showValue : t.showPlain}
                        reveal={async (api) => {
                          const { Parameter } = await api.call("ssm", "GetParameter", {
                            Name: name,
                            WithDecryption: true,
                          });
                          return Parameter?.Value ?? "";
                        }}
                      />
                    </Container>
                  </SpaceBetween>
                ),
              },
              { id: "used-by", label: u.title, content: <UsedBy arn={parameter.ARN ?? ""} /> },
              { id: "history", label: t.history, content: <History name={name} /> },
              { id: "tags", label: words.tags, content: <ParameterTags name={name} /> },
            ]}
          />
        )}
      </DetailsPage>
      {isDeleting && <DeleteParameter name={name} onClose={() => setDeleting(false)} />}
    </>
  );
}

function ParameterTags({ name }: { readonly name: string }) {
  const tags = useCall("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId: name });
  return <TagsTable read={{ ...tags, data: tags.data && tagPairs(tags.data.TagList) }} />;
}

function DeleteParameter({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const action = useAction((api) => api.call("ssm", "DeleteParameter", { Name: name }));
  return (
    <ConfirmDelete
      what={name}
      action={action}
      onClose={(isDeleted) => {
        onClose();
        if (!isDeleted) return;
        flash({ type: "success", text: t.deleted(1) });
        void navigate("/systems-manager/parameters");
      }}
    />
  );
}
