import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Problem } from "../../../parts/problem.tsx";
import { Text } from "../../../parts/text.tsx";
import { useApi } from "../../../session/context.tsx";
import type { Task } from "../types.ts";
import { dataKeySize } from "./cipher.ts";
import { messages } from "./messages.ts";
import { Terminal } from "./terminal.tsx";

interface Opened {
  readonly id: string;
  readonly url: string;
  readonly token: string;
  /** The container, as Session Manager names it. */
  readonly target: string;
}

type End = { readonly exitCode: number | undefined; readonly reason: string };

/** A command in a container of the task, on a terminal. */
export function ExecPanel({ cluster, task }: { readonly cluster: string; readonly task: Task }) {
  const t = useMessages(messages);
  const api = useApi();
  const running = (task.containers ?? []).filter(({ lastStatus }) => lastStatus === "RUNNING");
  const [chosen, setChosen] = useState<string>();
  const [command, setCommand] = useState("/bin/sh");
  const [opened, setOpened] = useState<Opened>();
  const [state, setState] = useState<"connecting" | "connected" | End>("connecting");
  const container = running.find(({ name }) => name === chosen) ?? running[0];
  const open = useAction(
    async (own) => {
      const { session } = await own.call("ecs", "ExecuteCommand", {
        ...{ cluster, task: task.taskArn, container: container?.name, command, interactive: true },
      });
      const [, clusterName, id] = (task.taskArn ?? "").split("/");
      setState("connecting");
      setOpened({
        id: session?.sessionId ?? "",
        url: session?.streamUrl ?? "",
        token: session?.tokenValue ?? "",
        target: `ecs:${clusterName}_${id}_${container?.runtimeId}`,
      });
      return true;
    },
    { isRead: true },
  );
  if (!task.enableExecuteCommand) {
    return (
      <Alert type="info" header={t.off}>
        {t.offText}
      </Alert>
    );
  }
  const isOpen = opened !== undefined && typeof state === "string";
  return (
    <Container
      header={
        <Header variant="h2" description={t.text}>
          {t.title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void open.run();
          }}
        >
          <SpaceBetween direction="horizontal" size="s" alignItems="end">
            <FormField label={t.container}>
              <Select
                selectedOption={container?.name === undefined ? null : { value: container.name, label: container.name }}
                options={running.map(({ name = "" }) => ({ value: name, label: name }))}
                disabled={isOpen}
                empty={t.notRunning}
                onChange={({ detail }) => setChosen(detail.selectedOption.value)}
              />
            </FormField>
            <FormField label={t.command}>
              <Input
                value={command}
                disabled={isOpen}
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => setCommand(detail.value)}
              />
            </FormField>
            {isOpen ? (
              <Button formAction="none" onClick={() => setOpened(undefined)}>
                {t.disconnect}
              </Button>
            ) : (
              <Button variant="primary" loading={open.isRunning} disabled={!container || command === ""}>
                {t.connect}
              </Button>
            )}
          </SpaceBetween>
        </form>
        <Problem error={open.error} />
        {opened && (
          <>
            <Terminal
              key={opened.id}
              {...opened}
              isOpen={isOpen}
              onReady={() => setState("connected")}
              onEnd={setState}
              makeDataKey={async (KeyId) => {
                const key = await api.call("kms", "GenerateDataKey", {
                  KeyId,
                  NumberOfBytes: dataKeySize,
                  EncryptionContext: { "aws:ssm:SessionId": opened.id, "aws:ssm:TargetId": opened.target },
                });
                const plaintext = Uint8Array.from(atob(key.Plaintext ?? ""), (letter) => letter.charCodeAt(0));
                return { plaintext, ciphertext: key.CiphertextBlob ?? "" };
              }}
            />
            <State state={state} />
            <Box color="text-body-secondary">{t.help}</Box>
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}

function State({ state }: { readonly state: "connecting" | "connected" | End }) {
  const t = useMessages(messages);
  if (state === "connecting") return <StatusIndicator type="loading">{t.connecting}</StatusIndicator>;
  if (state === "connected") return <StatusIndicator type="success">{t.connected}</StatusIndicator>;
  return (
    <StatusIndicator type="stopped">
      {t.ended(state.exitCode)}
      {state.reason !== "" && (
        <>
          : <Text>{state.reason}</Text>
        </>
      )}
    </StatusIndicator>
  );
}
