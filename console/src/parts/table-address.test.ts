import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf, withParams, withState } from "./table-address.ts";

const byName = { id: "name" };

test("a table's state survives in an address, and what is as always is not in it", () => {
  const usual = { filter: "", page: 1, sort: byName };
  assert.equal(withState(new URLSearchParams("tab=a"), usual, byName).toString(), "tab=a");
  for (const state of [
    usual,
    { filter: "<img> ?&=#%", page: 3, sort: { id: "created", isDescending: true } },
    { filter: "a b", page: 2, sort: { id: "name", isDescending: true } },
  ]) {
    const told = stateOf(withState(new URLSearchParams("filter=old&page=9&sort=old"), state, byName), byName);
    assert.deepEqual(
      { ...told, sort: { isDescending: false, ...told.sort } },
      { ...state, sort: { isDescending: false, ...state.sort } },
    );
  }
});

test("an address written by hand tells no impossible page", () => {
  for (const page of ["0", "-1", "1.5", "x", "", "1e99"]) {
    assert.equal(stateOf(new URLSearchParams({ page }), byName).page, 1, page);
  }
});

test("other parameters keep the filter, and begin at the first page", () => {
  const search = new URLSearchParams("filter=web&page=3&deleted=");
  assert.equal(withParams(search, { deleted: undefined, kind: "" }).toString(), "filter=web&kind=");
  assert.equal(withParams(search, { page: "2" }).get("page"), "2");
});
