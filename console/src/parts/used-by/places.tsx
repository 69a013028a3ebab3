import { nameOf, to } from "../addresses.ts";
import { ArnLink, To } from "../links.tsx";
import { Text } from "../text.tsx";

export function ClusterLink({ arn }: { readonly arn: string }) {
  return (
    <ArnLink arn={arn}>
      <Text>{nameOf(arn)}</Text>
    </ArnLink>
  );
}

export function ServiceLink({ clusterArn, name }: { readonly clusterArn: string; readonly name: string | undefined }) {
  if (name === undefined) return <>-</>;
  return (
    <To to={to.service(nameOf(clusterArn), name)}>
      <Text>{name}</Text>
    </To>
  );
}
