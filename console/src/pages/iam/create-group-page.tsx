import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useNavigate } from "react-router";
import { messageOf } from "../../api/error.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { ChooseNames } from "./members.tsx";
import { messages } from "./messages.ts";
import { useUserNames } from "./names.ts";

export default function CreateGroupPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const all = useUserNames();
  const [name, setName] = useState("");
  const [users, setUsers] = useState<readonly string[]>([]);
  const [isTried, setTried] = useState(false);
  const create = useAction(async (api): Promise<{ readonly refusal?: unknown }> => {
    await api.call("iam", "CreateGroup", { GroupName: name });
    try {
      for (const UserName of users) await api.call("iam", "AddUserToGroup", { GroupName: name, UserName });
      return {};
    } catch (refusal) {
      return { refusal };
    }
  });
  async function submit(): Promise<void> {
    setTried(true);
    const created = name === "" ? undefined : await create.run();
    if (!created) return;
    flash({ type: "success", text: t.groupCreated(name) });
    // The group is there: users who were refused can be added on its page.
    if (created.refusal) flash({ type: "error", header: t.addUsers, text: messageOf(created.refusal) });
    await navigate(`${to.group(name)}?tab=permissions`);
  }
  return (
    <FormPage
      title={t.createGroup}
      breadcrumbs={[
        { text: "IAM", to: "/iam/users" },
        { text: t.userGroups, to: "/iam/groups" },
      ]}
      submitText={t.createGroup}
      cancelTo="/iam/groups"
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{words.details}</Header>}>
        <TextField
          label={t.groupName}
          constraint={t.groupNameText}
          value={name}
          error={isTried && name === "" ? words.required : undefined}
          onChange={setName}
        />
      </Container>
      <Container header={<Header variant="h2">{t.users}</Header>}>
        <FormField label={<OptionalLabel>{t.addUsers}</OptionalLabel>}>
          <ChooseNames read={all} chosen={users} onChange={setUsers} placeholder={t.chooseUsers} />
        </FormField>
      </Container>
    </FormPage>
  );
}
