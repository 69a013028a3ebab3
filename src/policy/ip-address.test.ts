import assert from "node:assert/strict";
import { BlockList, isIPv6 } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { compileIpRange } from "./ip-address.ts";

const address = fc.oneof(fc.ipV4(), fc.ipV6());

test("compileIpRange agrees with Node's own list of ranges", () => {
  let inside = 0;
  fc.assert(
    fc.property(address, fc.nat(128), address, fc.boolean(), (network, bits, other, near) => {
      const family = isIPv6(network) ? "ipv6" : "ipv4";
      const length = family === "ipv4" ? bits % 33 : bits;
      const asked = near ? network.replace(/[1-9](?=\D*$)/, "0") : other;
      const list = new BlockList();
      list.addSubnet(network, length, family);
      const sameFamily = isIPv6(asked) === isIPv6(network);
      const expected = sameFamily && list.check(asked, family);
      if (expected) inside++;
      // Node's list takes an IPv4 address for the IPv6 one that stands for it.
      if (/^::(ffff:)?\d+\.|^(0*:)*:?(0*:)*ffff:/i.test(asked) || /ffff/i.test(network)) return;
      assert.equal(compileIpRange(`${network}/${length}`)?.(asked), expected, `${network}/${length} ${asked}`);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(inside > 200, "hardly ever was an address inside");
});

test("compileIpRange refuses what is no range", () => {
  for (const range of [
    "",
    "*",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0",
    "2001:db8::/129",
    "::1%lo",
    "10.0.0.0/-1",
  ]) {
    assert.equal(compileIpRange(range), undefined, range);
  }
});
