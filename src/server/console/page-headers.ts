/**
 * The headers of everything of the console. A page may load and call nothing but this server, and no other page may look into it or
 * keep a hold of it: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export function pageHeaders(publicUrl: string | undefined): Readonly<Record<string, string>> {
  // The sessions of ExecuteCommand have the operator's address.
  const sockets = publicUrl === undefined ? "" : ` ${new URL(publicUrl).origin.replace(/^http/, "ws")}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    // For browsers that do not know `frame-ancestors`.
    "x-frame-options": "DENY",
  };
}
