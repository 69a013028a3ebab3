import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { useApi } from "../../session/context.tsx";
import { messages } from "./messages.ts";

/** The commands that bring an image into a repository, as AWS's console shows them, against this server. */
export function PushCommands({ uri }: { readonly uri: string }) {
  const t = useMessages(messages);
  const { region } = useApi();
  const host = uri.split("/")[0] ?? "";
  const name = uri.slice(host.length + 1);
  const login = `aws ecr get-login-password --region ${region} --endpoint-url ${location.origin}`;
  const commands = [
    [t.pushLogin, `${login} | docker login --username AWS --password-stdin ${host}`],
    [t.pushBuild, `docker build -t ${name} .`],
    [t.pushTag, `docker tag ${name}:latest ${uri}:latest`],
    [t.pushPush, `docker push ${uri}:latest`],
  ] as const;
  return (
    <Container
      header={
        <Header variant="h2" description={t.pushText}>
          {t.push}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {commands.map(([label, command]) => (
          <div key={command}>
            <Box variant="awsui-key-label">{label}</Box>
            <Copyable>{command}</Copyable>
          </div>
        ))}
      </SpaceBetween>
    </Container>
  );
}
