import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useEffect } from "react";
import { useMessages } from "../i18n/messages.ts";
import { session as messages } from "../session/messages.ts";
import { SignInForm, type SignInFormProps } from "../session/sign-in-form.tsx";
import { usePreferenceItems } from "./preference-items.ts";

/** The whole window while nobody is signed in. */
export function SignInPage(props: SignInFormProps) {
  const t = useMessages(messages);
  const items = usePreferenceItems();
  useEffect(() => {
    document.title = `${t.title} | Sealift`;
  }, [t]);
  return (
    <>
      <TopNavigation identity={{ title: "Sealift", href: "/console/" }} utilities={items} />
      <main className="app-sign-in">
        <SignInForm {...props} />
      </main>
    </>
  );
}
