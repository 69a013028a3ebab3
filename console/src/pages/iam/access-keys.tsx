import type { AccessKeyMetadata } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { PlainSecret } from "../../parts/secret-value.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

interface Shown {
  readonly key: Wire<AccessKeyMetadata>;
  readonly lastUsed: number | undefined;
}

interface NewKey {
  readonly id: string;
  readonly secret: string;
}

/** A user's access keys. The secret of a new one is shown once, and gone when its dialog is closed. */
export function AccessKeys({ user }: { readonly user: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [doomed, setDoomed] = useState<string>();
  const [made, setMade] = useState<NewKey>();
  const read = useRead(["iam", "access-keys", user], async (api, options) => {
    const keys = await everyPage(api, "iam", "ListAccessKeys", { UserName: user }, "AccessKeyMetadata", options);
    return Promise.all(
      keys.map(async (key): Promise<Shown> => {
        const AccessKeyId = key.AccessKeyId ?? "";
        const { AccessKeyLastUsed } = await api.call("iam", "GetAccessKeyLastUsed", { AccessKeyId }, options);
        return { key, lastUsed: AccessKeyLastUsed?.LastUsedDate };
      }),
    );
  });
  const create = useAction(async (api): Promise<NewKey> => {
    const { AccessKey } = await api.call("iam", "CreateAccessKey", { UserName: user });
    return { id: AccessKey?.AccessKeyId ?? "", secret: AccessKey?.SecretAccessKey ?? "" };
  });
  const change = useAction((api, AccessKeyId: string, Status: "Active" | "Inactive") =>
    api.call("iam", "UpdateAccessKey", { UserName: user, AccessKeyId, Status }),
  );
  return (
    <SpaceBetween size="m">
      <Problem error={create.error ?? change.error} />
      <ResourceTable<Shown>
        id="iam-access-keys"
        title={t.accessKeys}
        read={read}
        trackBy={({ key }) => key.AccessKeyId ?? ""}
        selection="single"
        filterPlaceholder={t.findKeys}
        empty={{ title: t.noKeys }}
        actions={([chosen]) => {
          const { AccessKeyId = "", Status } = chosen?.key ?? {};
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={!chosen}
                loading={change.isRunning}
                onClick={() => void change.run(AccessKeyId, Status === "Active" ? "Inactive" : "Active")}
              >
                {Status === "Inactive" ? t.activate : t.deactivate}
              </Button>
              <Button disabled={!chosen} onClick={() => setDoomed(AccessKeyId)}>
                {words.delete}
              </Button>
              <Button loading={create.isRunning} onClick={async () => setMade(await create.run())}>
                {t.createKey}
              </Button>
            </SpaceBetween>
          );
        }}
        columns={[
          {
            id: "id",
            header: t.accessKeyId,
            isRowHeader: true,
            width: 280,
            value: ({ key }) => key.AccessKeyId,
            cell: ({ key }) => <Text>{key.AccessKeyId}</Text>,
          },
          {
            id: "status",
            header: words.status,
            width: 150,
            value: ({ key }) => key.Status,
            cell: ({ key }) => (
              <StatusIndicator type={key.Status === "Active" ? "success" : "stopped"}>
                {key.Status === "Active" ? t.Active : t.Inactive}
              </StatusIndicator>
            ),
          },
          {
            id: "used",
            header: t.lastUsed,
            width: 220,
            value: ({ lastUsed }) => lastUsed,
            cell: ({ lastUsed }) => <Time at={lastUsed} />,
          },
          {
            id: "created",
            header: t.creationDate,
            value: ({ key }) => key.CreateDate,
            cell: ({ key }) => <Time at={key.CreateDate} />,
          },
        ]}
      />
      {doomed !== undefined && <DeleteKey user={user} id={doomed} onClose={() => setDoomed(undefined)} />}
      {made && <ShownOnce made={made} onClose={() => setMade(undefined)} />}
    </SpaceBetween>
  );
}

function ShownOnce({ made, onClose }: { readonly made: NewKey; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [isShown, setShown] = useState(false);
  return (
    <Modal
      visible
      header={t.createKey}
      closeAriaLabel={words.close}
      // A click beside the dialog would lose the secret.
      onDismiss={({ detail }) => detail.reason !== "overlay" && onClose()}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {t.done}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t.keyShownOnce}</Alert>
        <FormField label={t.accessKeyId}>
          <Copyable>{made.id}</Copyable>
        </FormField>
        <FormField label={t.secretKey}>
          {isShown ? (
            <PlainSecret value={made.secret} />
          ) : (
            <Button iconName="view-full" onClick={() => setShown(true)}>
              {t.showSecret}
            </Button>
          )}
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}

function DeleteKey({
  user,
  id,
  onClose,
}: {
  readonly user: string;
  readonly id: string;
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) => api.call("iam", "DeleteAccessKey", { UserName: user, AccessKeyId: id }));
  return (
    <ConfirmDelete
      what={id}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.keyDeleted });
        onClose();
      }}
    />
  );
}
