import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../parts/tags.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { messages } from "./messages.ts";

export default function CreateUserPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [name, setName] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const create = useAction((api) => {
    const entered = enteredTags(tags);
    return api.call("iam", "CreateUser", {
      UserName: name,
      ...(entered.length > 0 && { Tags: entered.map((tag) => ({ Key: tag.key, Value: tag.value })) }),
    });
  });
  async function submit(): Promise<void> {
    setTried(true);
    if (name === "" || !(await create.run())) return;
    flash({ type: "success", text: t.userCreated(name) });
    await navigate(to.user(name));
  }
  return (
    <FormPage
      title={t.createUser}
      breadcrumbs={[
        { text: "IAM", to: "/iam/users" },
        { text: t.users, to: "/iam/users" },
      ]}
      submitText={t.createUser}
      cancelTo="/iam/users"
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{words.details}</Header>}>
        <TextField
          label={t.userName}
          constraint={t.userNameText}
          value={name}
          error={isTried && name === "" ? words.required : undefined}
          onChange={setName}
        />
      </Container>
      <Container header={<Header variant="h2">{words.tags}</Header>}>
        <TagsEditor tags={tags} onChange={setTags} />
      </Container>
    </FormPage>
  );
}
