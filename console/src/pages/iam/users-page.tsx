import type { User } from "@aws-sdk/client-iam";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { nameColumn, textColumn, timeColumn } from "../../parts/columns.tsx";
import { IamList } from "./iam-list.tsx";
import { messages } from "./messages.ts";

export default function UsersPage() {
  const t = useMessages(messages);
  const read = useList("iam", "ListUsers", {}, "Users");
  return (
    <IamList<Wire<User>>
      id="iam-users"
      title={t.users}
      home="/iam/users"
      text={t.usersText}
      findText={t.findUsers}
      noneText={t.noUsers}
      create={{ text: t.createUser, to: "/iam/create-user" }}
      read={read}
      columns={[
        nameColumn(
          t.userName,
          ({ UserName }) => UserName,
          ({ UserName = "" }) => to.user(UserName),
          { width: 320 },
        ),
        textColumn("path", t.path, ({ Path }) => Path, { width: 200 }),
        timeColumn("used", t.passwordUsed, ({ PasswordLastUsed }) => PasswordLastUsed, { width: 220 }),
        timeColumn("created", t.creationDate, ({ CreateDate }) => CreateDate),
      ]}
    />
  );
}
