import { useParams } from "react-router";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Page } from "../../parts/page.tsx";
import { Events } from "./events.tsx";
import { messages } from "./messages.ts";

export default function LogStreamPage() {
  const t = useMessages(messages);
  const { group = "", stream = "" } = useParams();
  return (
    <Page
      title={stream}
      breadcrumbs={[
        { text: t.service, to: "/cloudwatch/log-groups" },
        { text: t.logGroups, to: "/cloudwatch/log-groups" },
        { text: group, to: to.logGroup(group) },
      ]}
    >
      <Events key={`${group} ${stream}`} group={group} stream={stream} />
    </Page>
  );
}
