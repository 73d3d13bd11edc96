import assert from "node:assert/strict";
import { test } from "node:test";

import { withParams } from "../../../geo/webmap/js/map/permalink.js";

test("other keys of an address stay as they were written", () => {
  assert.equal(withParams("?what=a,b&q=x%20y", { view: "1,2,3", marks: "" }), "?what=a,b&q=x%20y&view=1,2,3");
  assert.equal(withParams("?view=1,2,3&what=a", { view: "4,5,6" }), "?what=a&view=4,5,6");
  assert.equal(withParams("?marks=heat", { marks: "" }), "");
  assert.equal(withParams("", {}), "");
});
