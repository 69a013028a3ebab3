import assert from "node:assert/strict";
import { test } from "node:test";
import { textInQrCode } from "./qr-code.fixture.ts";
import { qrCodePng } from "./qr-code.ts";

test("a QR code can be read again", () => {
  for (const text of ["a", `otpauth://totp/bob@111122223333?secret=${"A7".repeat(32)}`, "x".repeat(600)]) {
    assert.equal(textInQrCode(qrCodePng(text)), text);
  }
});
