import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { messages } from "./messages.ts";
import { mostCharacters, type Tier } from "./parameter-name.ts";

export interface ValueFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isSecret: boolean;
  readonly tier: Tier;
  readonly isMissing: boolean;
  readonly description?: string;
}

/** A parameter's value as it is entered. A secret one is covered until it is shown; a shown one may have several lines. */
export function ValueField({ value, onChange, isSecret, tier, isMissing, description }: ValueFieldProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [isShown, setShown] = useState(false);
  const field = {
    value,
    autoComplete: false,
    spellcheck: false,
    onChange: ({ detail }: { readonly detail: { readonly value: string } }) => onChange(detail.value),
  };
  return (
    <FormField
      label={t.value}
      description={description}
      constraintText={t.valueText(mostCharacters[tier])}
      errorText={isMissing ? words.required : undefined}
    >
      <SpaceBetween size="xs">
        {isSecret && !isShown ? <Input type="password" {...field} /> : <Textarea rows={3} {...field} />}
        {isSecret && (
          <Button
            formAction="none"
            iconName={isShown ? "lock-private" : "view-full"}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? words.hide : words.show}
          </Button>
        )}
      </SpaceBetween>
    </FormField>
  );
}
