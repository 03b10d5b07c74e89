import { mockKey, mockServer } from "../code-samples.ts";

/** The page with the interactive reference, which starts in the browser. */
export function explorerPage(): string {
  return `---
layout: page
title: API explorer
---

<div class="explorer-note">

Sends requests from the browser: at first to the mock on this machine (\`npx @qontext/sync-log-mock\`, ${mockServer.url}) with
the key \`${mockKey}\`, or to the server and with the key that you choose. It needs JavaScript; the [HTTP API](api.md) says the
same in words.

</div>

<ApiExplorer />
`;
}
