import { openDocument } from "@qontext/sync-log-document";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { mockKey } from "../code-samples.ts";
import { explorerDocument } from "./explorer-document.ts";

/**
 * What Scalar is told, on the site and on the page that the command line opens: nothing is fetched, sent home or kept, and
 * try-it goes straight to the chosen server, which at first is the mock, with a key that it accepts.
 */
export function explorerOptions(): Readonly<Record<string, unknown>> {
  const document = openDocument(openapiDocument);
  const schemes = [
    ...new Set(
      document.operations.flatMap(({ security }) => security.flat().map(({ name }) => name)),
    ),
  ];
  return {
    content: explorerDocument(document),
    authentication: {
      preferredSecurityScheme: schemes[0],
      securitySchemes: Object.fromEntries(schemes.map((name) => [name, { value: mockKey }])),
    },
    withDefaultFonts: false,
    telemetry: false,
    persistAuth: false,
    hideClientButton: true,
    showDeveloperTools: "never",
    documentDownloadType: "none",
    agent: { disabled: true },
    mcp: { disabled: true },
    theme: "none",
    defaultOpenAllTags: true,
    hiddenClients: true,
    expandAllResponses: false,
  };
}
