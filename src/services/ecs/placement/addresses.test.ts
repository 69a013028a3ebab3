import assert from "node:assert/strict";
import { test } from "node:test";
import { macAddress, pickAddress, privateDnsName } from "./addresses.ts";

const cases: readonly (readonly [string, string, readonly string[], number, string | undefined])[] = [
  ["172.20.0.0/16", "172.20.0.1", [], 0, "172.20.0.128"],
  ["172.20.0.0/16", "172.20.0.1", ["172.20.0.128"], 0, "172.20.0.129"],
  ["172.20.0.0/16", "172.20.0.1", [], 0.999999999, "172.20.255.254"],
  ["172.20.0.0/16", "172.20.0.1", ["172.20.255.254"], 0.999999999, "172.20.0.128"],
  ["10.1.2.0/24", "10.1.2.128", [], 0, "10.1.2.129"],
  ["10.1.2.77/25", "10.1.2.1", [], 0, "10.1.2.2"],
  ["10.0.0.0/30", "10.0.0.1", [], 0, "10.0.0.2"],
  ["10.0.0.0/30", "10.0.0.1", ["10.0.0.2"], 0.5, undefined],
  ["127.0.0.1/32", "", ["127.0.0.1"], 0.3, "127.0.0.1"],
  ["nonsense", "", [], 0, undefined],
  ["10.0.0.0/33", "", [], 0, undefined],
];

for (const [cidr, gateway, used, start, expected] of cases) {
  test(`an address of ${cidr} from ${start} with ${used.length} used is ${expected}`, async () => {
    assert.equal(await pickAddress({ cidr, gateway }, start, async () => new Set(used)), expected);
  });
}

test("a subnet gives every address but its own, the gateway's and those left to others, once", async () => {
  const used = new Set<string>();
  for (let address: string | undefined = ""; address !== undefined; ) {
    address = await pickAddress({ cidr: "10.9.8.0/24", gateway: "10.9.8.200" }, 0.4, async () => used);
    if (address !== undefined) used.add(address);
  }
  assert.equal(used.size, 255 - 128 - 1);
  assert(!used.has("10.9.8.255") && !used.has("10.9.8.200") && used.has("10.9.8.254") && used.has("10.9.8.128"));
});

test("an address has its MAC address and private name", () => {
  assert.equal(macAddress("172.20.1.255"), "02:42:ac:14:01:ff");
  assert.equal(privateDnsName("10.0.0.5", "us-east-1"), "ip-10-0-0-5.ec2.internal");
  assert.equal(privateDnsName("10.0.0.5", "eu-west-1"), "ip-10-0-0-5.eu-west-1.compute.internal");
});
