import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Page } from "../../parts/page.tsx";
import { Problem } from "../../parts/problem.tsx";
import { PlainSecret } from "../../parts/secret-value.tsx";
import { Text } from "../../parts/text.tsx";
import { authorize } from "../../session/authorize.ts";
import { useApi, useSession } from "../../session/context.tsx";
import { addressWithCode, programWish, takesCodeItself } from "../../session/program.ts";
import { messages } from "./messages.ts";

/** Asks whether a program such as `aws login` may sign in as who is signed in here. */
export default function AuthorizePage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const { search } = useLocation();
  const { region } = useApi();
  const { identity, credentials } = useSession();
  const [code, setCode] = useState<string>();
  const [isDone, setDone] = useState(false);
  const wish = programWish(search);
  const allow = useAction(
    async () => {
      if (!wish) return undefined;
      const { state: _, ...asked } = wish;
      const answer = await authorize(asked, { kind: "signature", credentials, region });
      return "code" in answer ? answer.code : undefined;
    },
    { isRead: true },
  );

  async function submit(): Promise<void> {
    const given = await allow.run();
    if (!wish || given === undefined) return;
    // In the form that `aws login --remote` asks for.
    if (!takesCodeItself(wish)) return setCode(btoa(`${new URLSearchParams({ state: wish.state, code: given })}`));
    setDone(true);
    location.assign(addressWithCode(wish, given));
  }

  return (
    <Page title={t.title} breadcrumbs={[]}>
      {!wish && <Alert type="error">{t.malformed}</Alert>}
      {isDone && (
        <Alert type="success" header={t.done}>
          {t.doneText}
        </Alert>
      )}
      {wish && !isDone && (
        <Container>
          <SpaceBetween size="l">
            <KeyValuePairs
              columns={2}
              items={[
                { label: t.identity, value: <Text>{identity.arn}</Text> },
                {
                  label: t.program,
                  value: (
                    <Text>
                      {takesCodeItself(wish) ? t.programHere(new URL(wish.redirectUri).host) : t.programElsewhere}
                    </Text>
                  ),
                },
              ]}
            />
            {code === undefined ? (
              <>
                <Box>{t.text}</Box>
                <SpaceBetween direction="horizontal" size="xs">
                  <Button onClick={() => void navigate("/")}>{t.deny}</Button>
                  <Button variant="primary" loading={allow.isRunning} onClick={() => void submit()}>
                    {t.allow}
                  </Button>
                </SpaceBetween>
              </>
            ) : (
              <div>
                <Box variant="awsui-key-label">{t.code}</Box>
                <PlainSecret value={code} />
                <Box color="text-body-secondary">{t.codeText}</Box>
              </div>
            )}
            <Problem error={allow.error} />
          </SpaceBetween>
        </Container>
      )}
    </Page>
  );
}
