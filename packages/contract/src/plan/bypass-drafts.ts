import { Buffer } from "node:buffer";
import type { RequestVariation } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { refusal } from "./case-writer.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, narrowestParameter } from "./plan-input.ts";

/** Requests without a key that something between the caller and the check of the key may let pass. */
export function bypassDrafts(input: PlanInput): readonly CaseDraft[] {
  return [...claimDrafts(input), ...pathSpellingDrafts(input)];
}

/** Headers by which only a proxy in front of the service may say something. Anybody can send them. */
function claimDrafts(input: PlanInput): readonly CaseDraft[] {
  const rows: readonly (readonly [
    name: string,
    check: string,
    headers: NonNullable<RequestVariation["headers"]>,
  ])[] = [
    [
      "claims-local-proxy",
      "auth/claimed-proxy-accepted",
      [
        ...[
          "X-Forwarded-For",
          "X-Real-IP",
          "X-Client-IP",
          "X-Cluster-Client-IP",
          "True-Client-IP",
          "CF-Connecting-IP",
          "X-Originating-IP",
        ].map((name) => [name, "127.0.0.1"] as const),
        ["User-Agent", "kube-probe/1.31"],
      ],
    ],
    [
      "claims-forwarded",
      "auth/claimed-proxy-accepted",
      [
        ["Forwarded", "for=127.0.0.1;host=localhost;proto=https"],
        ["X-Forwarded-Host", "localhost"],
        ["Via", "1.1 gateway"],
      ],
    ],
    [
      "claims-authenticated",
      "auth/claimed-proxy-accepted",
      [
        ...[
          "X-Authenticated-User",
          "X-Forwarded-User",
          "X-Remote-User",
          "X-User-ID",
          "X-Consumer-ID",
        ].map((name) => [name, "admin"] as const),
        ...["X-Internal", "X-Internal-Request", "X-Authenticated", "X-Debug"].map(
          (name) => [name, "true"] as const,
        ),
        ["X-SSL-Client-Verify", "SUCCESS"],
        // CVE-2025-29927
        ["X-Middleware-Subrequest", Array.from({ length: 5 }, () => "middleware").join(":")],
      ],
    ],
    [
      "claims-other-method",
      "auth/claimed-method-accepted",
      ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method"].map(
        (name) => [name, "OPTIONS"] as const,
      ),
    ],
    [
      "claims-other-path",
      "auth/claimed-method-accepted",
      ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri"].map(
        (name) => [name, "/health"] as const,
      ),
    ],
    [
      "claims-preflight",
      "auth/claimed-method-accepted",
      [
        ["Origin", "https://stranger.invalid"],
        ["Access-Control-Request-Method", "GET"],
      ],
    ],
  ];
  return rows.map(([name, check, headers]) => ({
    name,
    purpose:
      "A header that claims to come from a proxy, or to be another request, replaces no key.",
    vary: { key: undefined, headers },
    expect: refusal(input, check),
  }));
}

/** The path in other spellings, which what checks the key may take for another path. */
function pathSpellingDrafts(input: PlanInput): readonly CaseDraft[] {
  const resource = narrowestParameter(input);
  const value = resource === undefined ? undefined : firstTarget(input)[resource];
  if (resource === undefined || value === undefined) return [];
  const first = `%${Buffer.from(value.slice(0, 1)).toString("hex").toUpperCase()}`;
  const segment = (raw: string): RequestVariation => ({ rawSegments: { [resource]: raw } });
  const rows: readonly (readonly [name: string, vary: RequestVariation])[] = [
    ["path-encoded", segment(`${first}${encodeURIComponent(value.slice(1))}`)],
    ["path-with-slash-behind", { pathEnd: "/" }],
    ["path-with-parameter", { pathEnd: ";.css" }],
  ];
  const expect = refusal(input, "auth/missing-key-accepted");
  return rows.map(([name, vary]) => ({
    name: `missing-key-${name}`,
    purpose: "A request without a key is refused, however its path is spelled.",
    vary: { key: undefined, ...vary },
    scope: "http",
    expect: { ...expect, statuses: [400, 401, 403, 404, 405, 301, 302, 307, 308] },
  }));
}
