import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../parts/tags.tsx";
import { messages } from "./cluster-messages.ts";
import { ecs } from "./words.ts";

export default function CreateClusterPage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [clusterName, setName] = useState("");
  const [isFargate, setFargate] = useState(true);
  const [logGroup, setLogGroup] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const isValid = /^[A-Za-z0-9_-]{1,255}$/.test(clusterName);
  const create = useAction((api) =>
    api.call("ecs", "CreateCluster", {
      clusterName,
      tags: [...enteredTags(tags)],
      ...(isFargate && { capacityProviders: ["FARGATE", "FARGATE_SPOT"] }),
      ...(logGroup !== "" && {
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE" as const,
            logConfiguration: { cloudWatchLogGroupName: logGroup },
          },
        },
      }),
    }),
  );

  async function submit(): Promise<void> {
    setTried(true);
    if (!isValid || !(await create.run())) return;
    flash({ type: "success", text: t.created(clusterName) });
    await navigate(to.cluster(clusterName));
  }

  return (
    <FormPage
      title={t.create}
      breadcrumbs={[
        { text: e.service, to: "/ecs/clusters" },
        { text: e.clusters, to: "/ecs/clusters" },
      ]}
      submitText={words.create}
      cancelTo="/ecs/clusters"
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{t.configuration}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={t.name}
            constraintText={t.nameText}
            errorText={isTried && !isValid ? t.nameText : undefined}
          >
            <Input
              value={clusterName}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
          <FormField label={e.infrastructure}>
            <Checkbox
              checked={isFargate}
              description={t.fargateText}
              onChange={({ detail }) => setFargate(detail.checked)}
            >
              {t.fargate}
            </Checkbox>
          </FormField>
          <FormField label={<OptionalLabel>{t.execLog}</OptionalLabel>} description={t.execLogText}>
            <Input
              value={logGroup}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setLogGroup(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{words.tags}</Header>}>
        <TagsEditor tags={tags} onChange={setTags} />
      </Container>
    </FormPage>
  );
}
