import { pageOf } from "../../../parts/addresses.ts";
import { ArnLink } from "../../../parts/links.tsx";
import { Text } from "../../../parts/text.tsx";

/** Leads to the secret or the parameter, without the JSON key, stage or version behind its ARN. */
export function SourceLink({ valueFrom }: { readonly valueFrom: string }) {
  if (!valueFrom.startsWith("arn:")) return <Text>{valueFrom}</Text>;
  const isSecret = valueFrom.split(":")[2] === "secretsmanager";
  const arn = valueFrom
    .split(":")
    .slice(0, isSecret ? 7 : 6)
    .join(":");
  return pageOf(arn) === undefined ? (
    <Text>{valueFrom}</Text>
  ) : (
    <ArnLink arn={arn}>
      <Text>{valueFrom}</Text>
    </ArnLink>
  );
}
