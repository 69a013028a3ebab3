import { type ContainerRule, each, invalidSetting, type Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const dnsName = /^[a-zA-Z0-9:.-]{0,253}[a-zA-Z0-9]$/;
/** As Docker's Engine, which takes underscores. */
const hostName = /^\w(?:[\w.-]{0,251}\w)?$/;
const address = /^[0-9A-Fa-f:.]+$/;

const awsvpcProblem: ContainerRule = (container, { networkMode }) => {
  if (networkMode !== "awsvpc") return undefined;
  const refused = "on container when networkMode=awsvpc.";
  if (container.hostname) return `hostname is not supported ${refused}`;
  if (container.dnsServers?.length) return `DNS servers are not supported ${refused}`;
  if (container.dnsSearchDomains?.length) return `DNS search domains are not supported ${refused}`;
  if (container.extraHosts?.length) return `Extra hosts are not supported ${refused}`;
  return container.disableNetworking ? `Disable Networking is not supported ${refused}` : undefined;
};

const linkProblem: ContainerRule = ({ links }, { networkMode = "bridge" }) =>
  links?.length && networkMode !== "bridge" ? `Links are not supported when networkMode=${networkMode}.` : undefined;

const nameProblem: ContainerRule = ({ name, hostname, dnsServers = [], dnsSearchDomains = [], extraHosts = [] }) => {
  if (hostname && !hostName.test(hostname)) return invalidSetting("hostname", name);
  if (!dnsServers.every((server) => dnsName.test(server))) return invalidSetting("dnsServers", name);
  if (!dnsSearchDomains.every((domain) => dnsName.test(domain))) return invalidSetting("dnsSearchDomains", name);
  const isHost = ({
    hostname = "",
    ipAddress = "",
  }: {
    hostname?: string | undefined;
    ipAddress?: string | undefined;
  }) => hostname !== "" && !/[\s:]/.test(hostname) && (ipAddress === "host-gateway" || address.test(ipAddress));
  return extraHosts.every(isHost) ? undefined : invalidSetting("extraHosts", name);
};

/** What the network mode allows of a container's names and name servers. */
export const networkRules: Rule = each(awsvpcProblem, linkProblem, nameProblem);
