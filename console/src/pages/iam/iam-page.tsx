import Button from "@cloudscape-design/components/button";
import type { TabsProps } from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Api } from "../../api/client.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Details, type DetailsProps } from "../../parts/details.tsx";
import { DetailsPage, type DetailsPageProps } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import type { Crumb } from "../../parts/page.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { messages } from "./messages.ts";

export interface IamPageProps<Resource> extends Pick<DetailsPageProps<Resource>, "read"> {
  readonly name: string;
  /** Where "IAM" leads from here. */
  readonly home: Crumb["to"];
  /** The list that it is in. */
  readonly list: Crumb;
  /** Absent for what cannot be deleted. */
  readonly deletion?: Deletion | undefined;
  readonly summary: (resource: Resource) => DetailsProps["items"];
  readonly tabs: (resource: Resource) => readonly TabsProps.Tab[];
}

export interface Deletion {
  /** What goes with it. */
  readonly text: string;
  readonly doneText: string;
  /** As AWS's console does: what would hold the deletion back goes first. */
  readonly remove: (api: Api) => Promise<unknown>;
}

/** The page of a user, a group, a role or a policy: what it is, its tabs, and its deletion. */
export function IamPage<Resource>({ name, home, list, read, deletion, summary, tabs }: IamPageProps<Resource>) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <DetailsPage<Resource>
        title={name}
        breadcrumbs={[{ text: "IAM", to: home }, list]}
        read={read}
        actions={() => deletion && <Button onClick={() => setDeleting(true)}>{words.delete}</Button>}
      >
        {(resource) => (
          <>
            <Details title={t.summary} items={summary(resource)} />
            <PageTabs tabs={tabs(resource)} />
          </>
        )}
      </DetailsPage>
      {isDeleting && deletion && (
        <Delete name={name} list={list} deletion={deletion} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

interface DeleteProps {
  readonly name: string;
  readonly list: Crumb;
  readonly deletion: Deletion;
  readonly onClose: () => void;
}

function Delete({ name, list, deletion: { text, doneText, remove }, onClose }: DeleteProps) {
  const flash = useFlash();
  const navigate = useNavigate();
  const action = useAction(async (api) => {
    await remove(api);
    return true;
  });
  return (
    <ConfirmDelete
      what={name}
      word={name}
      action={action}
      onClose={(isDeleted) => {
        onClose();
        if (!isDeleted) return;
        flash({ type: "success", text: doneText });
        void navigate(list.to);
      }}
    >
      {text}
    </ConfirmDelete>
  );
}
