import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { messages } from "./messages.ts";

export interface Rotation {
  readonly isAutomatic: boolean;
  readonly functionArn: string;
  readonly days: string;
  readonly isImmediate: boolean;
}

export const noRotation: Rotation = { isAutomatic: false, functionArn: "", days: "30", isImmediate: true };

/** The members of RotateSecret. */
export function rotationInput({ functionArn, days, isImmediate }: Rotation) {
  return {
    RotationLambdaARN: functionArn,
    RotationRules: { AutomaticallyAfterDays: Number(days) },
    RotateImmediately: isImmediate,
  };
}

export function isComplete({ isAutomatic, functionArn, days }: Rotation): boolean {
  return !isAutomatic || (functionArn !== "" && /^\d+$/.test(days));
}

export interface RotationFieldsProps {
  readonly rotation: Rotation;
  readonly onChange: (rotation: Rotation) => void;
  readonly isTried: boolean;
}

export function RotationFields({ rotation, onChange, isTried }: RotationFieldsProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const change = (part: Partial<Rotation>) => onChange({ ...rotation, ...part });
  return (
    <SpaceBetween size="l">
      <Toggle
        checked={rotation.isAutomatic}
        description={t.automaticText}
        onChange={({ detail }) => change({ isAutomatic: detail.checked })}
      >
        {t.automatic}
      </Toggle>
      {rotation.isAutomatic && (
        <>
          <FormField
            label={t.functionArn}
            description={t.functionText}
            errorText={isTried && rotation.functionArn === "" ? words.required : undefined}
          >
            <Input
              value={rotation.functionArn}
              spellcheck={false}
              onChange={({ detail }) => change({ functionArn: detail.value })}
            />
          </FormField>
          <FormField label={t.days} errorText={isTried && !/^\d+$/.test(rotation.days) ? words.required : undefined}>
            <Input type="number" value={rotation.days} onChange={({ detail }) => change({ days: detail.value })} />
          </FormField>
          <Checkbox checked={rotation.isImmediate} onChange={({ detail }) => change({ isImmediate: detail.checked })}>
            {t.rotateOnStore}
          </Checkbox>
        </>
      )}
    </SpaceBetween>
  );
}
