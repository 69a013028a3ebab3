import { familyOf, to } from "./addresses.ts";
import { To } from "./links.tsx";
import { Text } from "./text.tsx";

/** `web:3`, leading to that revision's page. */
export function DefinitionLink({ arn }: { readonly arn: string | undefined }) {
  if (!arn) return <>-</>;
  const { family, revision } = familyOf(arn);
  return (
    <To to={to.taskDefinition(family, revision)}>
      <Text>{`${family}:${revision}`}</Text>
    </To>
  );
}
