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
import { RetentionSelect } from "./edit-retention.tsx";
import { messages } from "./messages.ts";

export default function CreateLogGroupPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [name, setName] = useState("");
  const [days, setDays] = useState(0);
  const [key, setKey] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const create = useAction(async (api) => {
    const entered = enteredTags(tags);
    await api.call("logs", "CreateLogGroup", {
      logGroupName: name,
      ...(key !== "" && { kmsKeyId: key }),
      ...(entered.length > 0 && { tags: Object.fromEntries(entered.map((tag) => [tag.key, tag.value])) }),
    });
    return true;
  });
  const retain = useAction((api) =>
    api.call("logs", "PutRetentionPolicy", { logGroupName: name, retentionInDays: days }),
  );
  async function submit(): Promise<void> {
    setTried(true);
    if (name === "" || !(await create.run())) return;
    flash({ type: "success", text: t.created(name) });
    // The log group is there: a retention that was refused is set on its page.
    if (days !== 0 && !(await retain.run())) return;
    await navigate(to.logGroup(name));
  }
  const isInvalid = name === "" || !/^[\w./#-]{1,512}$/.test(name);
  return (
    <FormPage
      title={t.createGroup}
      breadcrumbs={[
        { text: t.service, to: "/cloudwatch/log-groups" },
        { text: t.logGroups, to: "/cloudwatch/log-groups" },
      ]}
      submitText={words.create}
      cancelTo="/cloudwatch/log-groups"
      isRunning={create.isRunning || retain.isRunning}
      error={create.error ?? retain.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{words.details}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={t.groupName}
            constraintText={t.groupNameText}
            errorText={isTried && isInvalid ? (name === "" ? words.required : t.groupNameText) : undefined}
          >
            <Input
              value={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
          <FormField label={t.retentionSetting}>
            <RetentionSelect days={days} onChange={setDays} />
          </FormField>
          <FormField label={<OptionalLabel>{t.kmsKey}</OptionalLabel>} description={t.kmsKeyText}>
            <Input
              value={key}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setKey(detail.value)}
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
