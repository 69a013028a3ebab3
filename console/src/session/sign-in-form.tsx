import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ApiError, messageOf } from "../api/error.ts";
import { useMessages } from "../i18n/messages.ts";
import type { Challenge } from "./authorize.ts";
import { session as messages } from "./messages.ts";
import { codeIn, signInWithCode } from "./one-time-code.ts";
import type { Identity, Session } from "./session.ts";
import { signInWith } from "./sign-in.ts";

type Way = "password" | "access-key" | "link";

/** The fields of each way to sign in, and what may be asked for after a password. */
const fieldsOf = {
  password: ["account", "userName", "password"],
  MFA: ["mfaCode"],
  NEW_PASSWORD: ["newPassword", "newPasswordAgain"],
  "access-key": ["accessKeyId", "secretAccessKey", "sessionToken"],
  link: ["code"],
} as const satisfies Readonly<Record<Way | Challenge, readonly string[]>>;

type Field = (typeof fieldsOf)[Way | Challenge][number];

const hidden: ReadonlySet<Field> = new Set<Field>([
  "password",
  "newPassword",
  "newPasswordAgain",
  "secretAccessKey",
  "sessionToken",
  "code",
]);

const autoComplete: Readonly<Partial<Record<Field, string>>> = {
  userName: "username",
  password: "current-password",
  mfaCode: "one-time-code",
  newPassword: "new-password",
  newPasswordAgain: "new-password",
};

export interface SignInFormProps {
  readonly region: string;
  readonly onSession: (session: Session) => void | Promise<void>;
  /** Why the link that opened this page signed nobody in. */
  readonly problem?: unknown;
  /** Whom to expect. */
  readonly expected?: Pick<Identity, "accountId" | "name">;
}

/** Three ways to prove who one is. What was typed is dropped with the form. */
export function SignInForm({ region, onSession, problem, expected }: SignInFormProps) {
  const t = useMessages(messages);
  const [way, setWay] = useState<Way>("password");
  const [values, setValues] = useState<Partial<Record<Field, string>>>({
    ...(expected && { account: expected.accountId, userName: expected.name }),
  });
  const [state, setState] = useState<{
    readonly isRunning: boolean;
    readonly isTried: boolean;
    readonly error?: unknown;
  }>({
    isRunning: false,
    isTried: false,
    error: problem,
  });
  const [challenges, setChallenges] = useState<readonly Challenge[]>([]);
  const fields: readonly Field[] = [fieldsOf[way], ...challenges.map((challenge) => fieldsOf[challenge])].flat();
  const value = (field: Field) => (/password/i.test(field) ? (values[field] ?? "") : (values[field] ?? "").trim());
  function problemOf(field: Field): string | undefined {
    if (value(field) === "" && field !== "sessionToken") return t.required;
    return field === "newPasswordAgain" && value(field) !== value("newPassword") ? t.notTheSame : undefined;
  }

  async function submit(): Promise<void> {
    if (state.isRunning) return;
    if (fields.some((field) => problemOf(field) !== undefined)) return setState({ isRunning: false, isTried: true });
    setState({ isRunning: true, isTried: true });
    try {
      const result = await signIn();
      if (typeof result !== "string") return await onSession(result);
      setChallenges([...challenges.filter((challenge) => challenge !== result), result]);
      setState({ isRunning: false, isTried: false });
    } catch (error) {
      setState({ isRunning: false, isTried: false, error });
    }
  }

  function signIn(): Promise<Session | Challenge> {
    if (way === "link") return signInWithCode(codeIn(value("code")));
    if (way === "access-key") {
      const sessionToken = value("sessionToken");
      const credentials = {
        accessKeyId: value("accessKeyId"),
        secretAccessKey: value("secretAccessKey"),
        ...(sessionToken !== "" && { sessionToken }),
      };
      return signInWith({ kind: "signature", credentials, region });
    }
    const user = {
      accountId: value("account"),
      userName: value("userName"),
      password: value("password"),
      ...(challenges.includes("MFA") && { mfaCode: value("mfaCode") }),
      ...(challenges.includes("NEW_PASSWORD") && { newPassword: value("newPassword") }),
    };
    return signInWith({ kind: "password", user });
  }

  const labels: Readonly<Record<Field, string>> = { ...t, account: t.accountOrAlias };
  const hints: Readonly<Partial<Record<Field, string>>> = {
    code: t.codeText,
    mfaCode: t.mfaText,
    newPassword: t.newPasswordText,
    accessKeyId: t.accessKeyText,
    sessionToken: t.sessionTokenText,
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Container header={<Header variant="h1">{t.title}</Header>}>
        <SpaceBetween size="l">
          <SegmentedControl
            label={t.title}
            selectedId={way}
            onChange={({ detail }) => {
              setWay(detail.selectedId as Way);
              setChallenges([]);
              setState({ isRunning: false, isTried: false });
            }}
            options={[
              { id: "password", text: t.byPassword },
              { id: "access-key", text: t.byAccessKey },
              { id: "link", text: t.byLink },
            ]}
          />
          {state.error !== undefined && (
            <Alert type="error" {...(state.error instanceof ApiError && { header: state.error.code })}>
              {messageOf(state.error)}
            </Alert>
          )}
          {fields.map((field) => (
            <FormField
              key={field}
              label={labels[field]}
              description={hints[field]}
              errorText={state.isTried && problemOf(field)}
            >
              <Input
                value={values[field] ?? ""}
                type={(hidden.has(field) ? "password" : "text") satisfies InputProps.Type}
                autoComplete={autoComplete[field] ?? false}
                inputMode={field === "mfaCode" ? "numeric" : "text"}
                spellcheck={false}
                // What is asked for in addition is what to type next.
                autoFocus={field === "mfaCode" || field === "newPassword"}
                onChange={({ detail }) => setValues((current) => ({ ...current, [field]: detail.value }))}
              />
            </FormField>
          ))}
          <Button variant="primary" formAction="submit" fullWidth loading={state.isRunning}>
            {state.isRunning ? t.signingIn : t.signIn}
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}
