import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../../../i18n/messages.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { Details } from "../../../parts/details.tsx";
import { ArnLink } from "../../../parts/links.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import type { Service } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

/** What a service is to do, and how it deploys. */
export function Configuration({ service }: { readonly service: Service }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const { deploymentConfiguration: deployment, networkConfiguration } = service;
  const breaker = deployment?.deploymentCircuitBreaker;
  const network = networkConfiguration?.awsvpcConfiguration;
  const onOff = (is: boolean | undefined) => (is ? e.turnedOn : e.turnedOff);
  const strategy = (service.capacityProviderStrategy ?? []).map(
    ({ capacityProvider, weight = 0, base = 0 }) => `${capacityProvider} (${weight}, ${base})`,
  );
  const grace = service.healthCheckGracePeriodSeconds;
  function balancerItems(balancer: NonNullable<Service["loadBalancers"]>[number]) {
    const { targetGroupArn, loadBalancerName, containerName, containerPort, advancedConfiguration } = balancer;
    const { alternateTargetGroupArn, productionListenerRule, testListenerRule, roleArn } = advancedConfiguration ?? {};
    return [
      loadBalancerName === undefined
        ? { label: e.targetGroup, value: <Copyable>{targetGroupArn}</Copyable> }
        : { label: e.classicLoadBalancer, value: <Copyable>{loadBalancerName}</Copyable> },
      { label: e.container, value: <Text>{containerName}</Text> },
      { label: e.containerPort, value: containerPort },
      ...[
        { label: t.alternateTargetGroup, arn: alternateTargetGroupArn },
        { label: t.productionRule, arn: productionListenerRule },
        { label: t.testRule, arn: testListenerRule },
        { label: t.listenerRole, arn: roleArn },
      ].flatMap(({ label, arn }) => (arn === undefined ? [] : [{ label, value: <ArnLink arn={arn} /> }])),
    ];
  }
  return (
    <SpaceBetween size="l">
      <Details
        title={t.serviceConfiguration}
        columns={4}
        items={[
          { label: e.taskDefinition, value: <DefinitionLink arn={service.taskDefinition} /> },
          { label: t.strategy, value: service.schedulingStrategy },
          strategy.length > 0
            ? { label: e.capacityProvider, value: <Text>{strategy.join(", ")}</Text> }
            : { label: e.launchType, value: service.launchType },
          { label: e.platformVersion, value: <Text>{service.platformVersion}</Text> },
          { label: t.exec, value: onOff(service.enableExecuteCommand) },
          { label: t.propagate, value: service.propagateTags },
          { label: t.managedTags, value: onOff(service.enableECSManagedTags) },
          { label: t.gracePeriod, value: grace === undefined ? "-" : t.seconds(grace) },
          { label: e.created, value: <Time at={service.createdAt} /> },
          { label: t.role, value: <ArnLink arn={service.roleArn} /> },
        ]}
      />
      <Details
        title={t.deploymentConfiguration}
        columns={4}
        items={[
          { label: t.minimum, value: deployment?.minimumHealthyPercent },
          { label: t.maximum, value: deployment?.maximumPercent },
          { label: t.breaker, value: onOff(breaker?.enable) },
          { label: t.rollbackOnFailure, value: onOff(breaker?.rollback) },
        ]}
      />
      {(service.loadBalancers ?? []).length > 0 && (
        <Details title={e.loadBalancing} items={(service.loadBalancers ?? []).flatMap(balancerItems)} />
      )}
      {network && (
        <Details
          title={t.network}
          items={[
            { label: e.subnets, value: <Text>{(network.subnets ?? []).join(", ")}</Text> },
            { label: e.securityGroups, value: <Text>{(network.securityGroups ?? []).join(", ")}</Text> },
            { label: e.publicIp, value: onOff(network.assignPublicIp === "ENABLED") },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
