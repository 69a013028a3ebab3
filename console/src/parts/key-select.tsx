import Select from "@cloudscape-design/components/select";
import { messageOf } from "../api/error.ts";
import { useList } from "../data/use-call.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";

export interface KeySelectProps {
  /** An alias such as `alias/aws/ssm`. */
  readonly value: string;
  readonly onChange: (alias: string) => void;
  /** The key that is used where none is named, first in the list: `alias/aws/ssm`. */
  readonly defaultAlias: string;
  readonly ariaLabel?: string;
}

/** A key of this account by its alias. AWS's own keys of other services are no choice. */
export function KeySelect({ value, onChange, defaultAlias, ariaLabel }: KeySelectProps) {
  const t = useMessages(parts);
  const aliases = useList("kms", "ListAliases", {}, "Aliases");
  const names = (aliases.data ?? [])
    .map(({ AliasName = "" }) => AliasName)
    .filter((name) => !name.startsWith("alias/aws/"));
  const options = [
    { value: defaultAlias, label: defaultAlias, description: t.defaultKey },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? { value, label: value }}
      options={options}
      filteringType="auto"
      {...(ariaLabel !== undefined && { ariaLabel })}
      statusType={aliases.error ? "error" : aliases.isPending ? "loading" : "finished"}
      errorText={aliases.error ? messageOf(aliases.error) : ""}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? defaultAlias)}
    />
  );
}
