import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ofLog, verification } from "./mutants/start-provider.ts";
import { verify } from "../src/index.ts";
import { mutantOf, withProvider } from "./provider-under-test.ts";

/** Runs the curl line of a violation as a user would: in a shell, with the keys in the environment. */
async function see(mutant: string, check: string): Promise<string> {
  const { behavior, options, shownBy } = mutantOf(mutant);
  return withProvider(behavior, async (url) => {
    const report = await verify({ baseUrl: url, ...ofLog, only: shownBy, ...options });
    const violation = report.violations.find((one) => one.check === check);
    const env = {
      PATH: process.env["PATH"],
      QONTEXT_API_KEY: verification.apiKey,
      QONTEXT_OTHER_API_KEY: verification.otherApiKey,
    };
    const shell = await promisify(execFile)("sh", ["-c", violation?.curl ?? "exit 99"], {
      env,
    }).catch((error: unknown) => error);
    const { stdout, stderr } = Object(shell);
    return `${stdout}${stderr}`;
  });
}

test.for([
  ["duplicate-key", "json/duplicate-key", /"status":"pending","status":"completed"/],
  ["empty-key", "auth/empty-key-accepted", /200 OK[^]*"status"/],
  ["key-prefix", "auth/key-prefix-accepted", /200 OK[^]*"status"/],
  ["key-suffix", "auth/key-suffix-accepted", /200 OK[^]*"status"/],
  ["key-case", "auth/key-case-ignored", /200 OK[^]*"status"/],
  ["key-extended", "auth/key-extended-accepted", /200 OK[^]*"status"/],
  ["key-in-query", "auth/key-in-query-accepted", /200 OK[^]*"status"/],
  ["key-in-cookie", "auth/key-in-cookie-accepted", /200 OK[^]*"status"/],
  ["basic", "auth/basic-accepted", /200 OK[^]*"status"/],
  ["header-case", "auth/lower-case-header-refused", /401 Unauthorized/],
  ["any-of-two-keys", "auth/any-of-two-keys-accepted", /200 OK[^]*200 OK/],
  ["other-key", "access/other-key-served", /200 OK[^]*"status"/],
  ["dot-dot", "path/dots-accepted", /200 OK[^]*ws_/],
  ["sql-injection", "path/injection-accepted", /200 OK/],
  ["id-as-markup", "leak/id-reflected-as-markup", /<b onclick=alert\(1\)>/],
  ["header-injection", "leak/header-injection", /X-Injected: 1/],
  ["post-served", "method/undocumented-method-served", /200 OK/],
  ["405-without-allow", "method/405-without-allow", /405 Method Not Allowed(?![^]*allow:)/i],
  ["head-404", "head/status-differs", /(?:200 OK|401 Unauthorized)[^]*404 Not Found/],
  ["fails-on-xml", "accept/server-error", /500 Internal Server Error/],
  ["header-without-gzip", "wire/content-encoding-mismatch", /content-encoding: gzip/],
  ["length-too-large", "wire/body-shorter-than-content-length", /transfer closed|end of response/],
  ["hangs-on-unicode", "wire/timeout", /timed out/],
  ["unstable-get", "read/unstable", /"correlationId":("|null)[^]*"correlationId":("|null)/],
] as const)("the line for %s shows %s again", async ([mutant, check, seen]) => {
  await expect(see(mutant, check)).resolves.toMatch(seen);
});
