import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import type { Api } from "../../api/client.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { useFlash } from "../../parts/flash.tsx";
import { Problem } from "../../parts/problem.tsx";
import { PlainSecret, SecretValue } from "../../parts/secret-value.tsx";
import { Text } from "../../parts/text.tsx";
import { pairsOf } from "./key-values.ts";
import { messages } from "./messages.ts";
import type { Secret } from "./secret.ts";
import { ValueEditor } from "./value-editor.tsx";

export type Revealed = { readonly text: string; readonly isBinary: boolean };

/** Reads a version's value; the current one's if none is named. */
export async function reveal(api: Api, arn: string, versionId?: string): Promise<Revealed> {
  const { SecretString, SecretBinary } = await api.call("secretsmanager", "GetSecretValue", {
    SecretId: arn,
    ...(versionId !== undefined && { VersionId: versionId }),
  });
  return SecretString === undefined
    ? { text: SecretBinary ?? "", isBinary: true }
    : { text: SecretString, isBinary: false };
}

/** The current value: covered, shown as pairs and as text, or edited. */
export function CurrentValue({ secret }: { readonly secret: Secret }) {
  const t = useMessages(messages);
  const arn = secret.ARN ?? "";
  const [edited, setEdited] = useState<string>();
  return (
    <Container
      header={
        <Header variant="h2" description={t.retrieveText}>
          {t.secretValue}
        </Header>
      }
    >
      {edited === undefined ? (
        <SecretValue<Revealed>
          of={`${arn}:${secret.LastChangedDate}`}
          showText={t.retrieve}
          reveal={(api) => reveal(api, arn)}
        >
          {(revealed) => (
            <SpaceBetween size="m">
              <ShownValue revealed={revealed} />
              {revealed.isBinary ? (
                <Box color="text-body-secondary">{t.binaryNoEdit}</Box>
              ) : (
                <Button onClick={() => setEdited(revealed.text)}>{t.editValue}</Button>
              )}
            </SpaceBetween>
          )}
        </SecretValue>
      ) : (
        <EditValue arn={arn} text={edited} onClose={() => setEdited(undefined)} />
      )}
    </Container>
  );
}

/** A value that the reader has asked for. */
export function ShownValue({ revealed: { text, isBinary } }: { readonly revealed: Revealed }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const pairs = isBinary || text === "" ? undefined : pairsOf(text);
  if (isBinary) {
    return (
      <SpaceBetween size="xs">
        <Alert type="info">{t.binary}</Alert>
        <PlainSecret value={text} />
      </SpaceBetween>
    );
  }
  if (!pairs) return <PlainSecret value={text} />;
  return (
    <Tabs
      tabs={[
        {
          id: "pairs",
          label: t.keyValue,
          content: (
            <Table
              variant="embedded"
              ariaLabels={{ tableLabel: t.secretValue }}
              empty={t.noPairs}
              items={pairs}
              trackBy="key"
              wrapLines
              columnDefinitions={[
                { id: "key", header: words.key, isRowHeader: true, cell: ({ key }) => <Text>{key}</Text> },
                {
                  id: "value",
                  header: words.value,
                  cell: ({ key, value }) => (
                    <>
                      <CopyToClipboard
                        variant="icon"
                        textToCopy={value}
                        copyButtonAriaLabel={`${words.copy} ${key}`}
                        copySuccessText={words.copied}
                        copyErrorText={words.copyFailed}
                      />{" "}
                      <Text>{value}</Text>
                    </>
                  ),
                },
              ]}
            />
          ),
        },
        { id: "text", label: t.plaintext, content: <PlainSecret value={text} /> },
      ]}
    />
  );
}

interface EditValueProps {
  readonly arn: string;
  readonly text: string;
  readonly onClose: () => void;
}

function EditValue({ arn, text, onClose }: EditValueProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [value, setValue] = useState(text);
  const [isValid, setValid] = useState(true);
  const save = useAction((api) => api.call("secretsmanager", "PutSecretValue", { SecretId: arn, SecretString: value }));
  async function submit(): Promise<void> {
    if (!(await save.run())) return;
    flash({ type: "success", text: t.saved });
    onClose();
  }
  return (
    <SpaceBetween size="m">
      <ValueEditor value={value} onChange={setValue} onValid={setValid} />
      <Problem error={save.error} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          variant="primary"
          disabled={value === "" || !isValid}
          loading={save.isRunning}
          onClick={() => void submit()}
        >
          {words.save}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
