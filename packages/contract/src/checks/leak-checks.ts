import { appendPointer, pointerTokens, valueAt } from "@qontext/sync-log-document";
import { undocumentedProperties } from "../exercised/visit-schema.ts";
import type { JsonText } from "../json/read-json.ts";
import { stringsIn } from "../json/read-json.ts";
import { oncePer } from "../once-per.ts";
import type { Subject } from "../run/subject.ts";
import { decodeText, headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";
import type { SecretKind } from "./secret-texts.ts";
import { addressIn, isCredentialName, secretIn } from "./secret-texts.ts";

const keyReflected: Check = {
  id: "leak/key-reflected",
  asserts: "No response contains a credential.",
  why: "Responses are logged, cached and displayed, and the key with them.",
  fix: "Never write the credential into a response, an error or a header.",
  judge: ofResponse(({ response, bodyText }, { secrets }) => {
    if (secrets === undefined) return undefined;
    const head = response.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    const text = `${response.reason}\n${head}\n${bodyText}`;
    const actual = "the credential, in the response";
    return assertThat(secrets.text(text) === text, "a response without the credential", actual);
  }),
};

const idReflectedAsMarkup: Check = {
  id: "leak/id-reflected-as-markup",
  asserts: "Markup from the request does not come back as markup.",
  why: "Where the message is displayed, it runs as a script of the page.",
  fix: "Leave the value out of the message, or escape < as \\u003c in JSON and as &lt; in HTML.",
  judge: ofResponse(({ contractCase, bodyText, exchange }) => {
    const sent = [...Object.values(contractCase.parameters), decodeText(exchange.request.target)];
    const markup = sent.flatMap((value) => value.match(/<[a-z!/][^<>]*>/gi) ?? []);
    if (markup.length === 0) return undefined;
    const unescaped = bodyText.replaceAll('\\"', '"');
    const found = markup.find((tag) => unescaped.includes(tag));
    return assertThat(found === undefined, "the value escaped, or not at all", found ?? "");
  }),
};

const headerInjection: Check = {
  id: "leak/header-injection",
  asserts: "A line break in the request starts no header in the response.",
  why: "An attacker who can write headers can set cookies and poison caches.",
  fix: "Validate values of the request before they go into headers.",
  judge: ofResponse(({ exchange, header }) => {
    if (!/%0d|%0a|%e5%98/i.test(exchange.request.target)) return undefined;
    const value = header("x-injected");
    const actual = `x-injected: ${value}`;
    return assertThat(value === undefined, "no header from the request", actual);
  }),
};

/** Each is linear: every repetition is bounded, or ends where the next part begins. */
const traces: readonly RegExp[] = [
  /\bat [^\n]{1,120}?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s():]{1,200}:\d{1,6}:\d{1,6}/,
  /Traceback \(most recent call last\)/,
  /\bFile "[^"\n]{1,200}", line \d/,
  /\bat [\w$./@-]{1,200}\([\w$]{1,100}\.(?:java|kt|scala):\d/,
  /\.rb:\d{1,6}:in [`']/,
  /\bat [\w.<>`]{1,200}\([^\n]{0,200}?\) in [^\n]{1,200}?:line \d/,
  /goroutine \d{1,9} \[|\.go:\d{1,6} \+0x/,
  /#\d{1,4} \/[^\s(]{1,200}\.php\(\d/,
  /\bSQLSTATE\b|\bORA-\d{5}\b|syntax error at or near|You have an error in your SQL syntax|PrismaClient\w{0,40}Error|`prisma\.\w{1,100}\.\w{1,100}\(\)`|QueryFailedError/,
  /\/(?:usr\/src|home\/\w{1,40}|var\/www|app)\/[\w./-]{1,200}\.(?:js|ts|py|rb|php|java|go)\b|node_modules\//,
];

/** What a service says wrong is at the beginning of what it says. */
const maxTraceText = 16_384;

const stackTrace: Check = {
  id: "leak/stack-trace",
  asserts:
    "A response reveals no internals of the service: no stack trace, no file path, no database error.",
  why: "It helps an attacker and not the user.",
  fix: "Log it, and send the caller a short message.",
  judge: ofResponse(({ json, bodyText }) => {
    // In the strings of a JSON value a line break is a line break.
    const text = (json?.value === undefined ? bodyText : stringsIn(json).join("\n")).slice(
      0,
      maxTraceText,
    );
    const found = traces.map((trace) => trace.exec(text)?.[0]).find((match) => match !== undefined);
    return assertThat(found === undefined, "no internals", found?.slice(0, 100) ?? "");
  }),
};

/** Nested values that are looked at below one property. */
const maxValues = 500;

/** What the members of a value, or the value itself, look like: the first of them, with where it stands. */
function findSecret(
  name: string,
  value: unknown,
  pointer: string,
): { readonly pointer: string; readonly kind: SecretKind } | undefined {
  const pending = [{ name, value, pointer }];
  for (let seen = 0; seen < maxValues; seen += 1) {
    const next = pending.shift();
    if (next === undefined) return undefined;
    const isEmpty = next.value === null || next.value === "" || typeof next.value === "boolean";
    if (!isEmpty && isCredentialName(next.name) && typeof next.value !== "number")
      return { pointer: next.pointer, kind: "a credential" };
    const kind = typeof next.value === "string" ? secretIn(next.value) : undefined;
    if (kind !== undefined) return { pointer: next.pointer, kind };
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const [member, child] of Object.entries(next.value).slice(0, maxValues))
      pending.push({ name: member, value: child, pointer: appendPointer(next.pointer, member) });
  }
  return undefined;
}

const hasCredential = oncePer((json: JsonText) =>
  stringsIn(json).some((text) => secretIn(text) === "a credential"),
);

const secret: Check = {
  id: "leak/secret",
  asserts:
    "No undocumented property is a credential or an address of the service's own network, and no text has a credential in it.",
  why: "It opens other systems to whoever reads the response, its logs or its caches.",
  fix: "Choose what is sent by the schema, property by property, and change the credential.",
  judge: ({ visits, json, schemaErrors }) => {
    if (schemaErrors === undefined) return undefined;
    const undocumented = undocumentedProperties(visits).flatMap((pointer) => {
      const name = pointerTokens(pointer).at(-1) ?? "";
      const found = findSecret(name, valueAt(json?.value, pointer), pointer);
      // The value is in no report.
      return found === undefined
        ? []
        : [{ pointer: found.pointer, expected: "only documented properties", actual: found.kind }];
    });
    if (undocumented.length > 0) return undocumented;
    // An address may be the caller's own, as that of its data source.
    const isClean = json === undefined || !hasCredential(json);
    return assertThat(isClean, "no credential", "a text with one");
  },
};

const internalAddress: Check = {
  id: "leak/internal-address",
  asserts: "No header names a host or an address of the service's own network.",
  why: "It shows an attacker what is behind the service.",
  fix: "Remove the header where the response leaves the network.",
  judge: ofResponse(({ response }, { host }) => {
    const judged = response.headers.filter(([name]) => !ownAddress.has(name.toLowerCase()));
    return judged.flatMap(([name, value]) => {
      const found = addressIn(value);
      // A service that is itself called by such a name may repeat it.
      return assertThat(
        found === undefined || isOfHost(value, host),
        "no address of the network behind the service",
        `${name}: ${value.slice(0, 100)}`,
      );
    });
  }),
};

/** Headers that are policies for a browser, or repeat what the caller has sent. */
const ownAddress = new Set([
  "access-control-allow-origin",
  "content-security-policy",
  "content-security-policy-report-only",
]);

/** Whether the only address in a text is that of the provider. On the loopback interface all of its names are. */
function isOfHost(text: string, host: string): boolean {
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
  const rest = text.replaceAll(host, "");
  return (
    addressIn(isLoopback ? rest.replaceAll(/localhost|127(?:\.\d{1,3}){3}/g, "") : rest) ===
    undefined
  );
}

/** Whether a page of the origins that a response allows may send the user's credentials. */
function allowsCredentials({ header }: Subject): boolean {
  return header("access-control-allow-credentials")?.toLowerCase() === "true";
}

const wildcard: Check = {
  id: "cors/wildcard-with-credentials",
  asserts: "Access-Control-Allow-Origin is not * where credentials are allowed.",
  why: "Browsers reject the combination; a client that follows it opens the data to every site.",
  fix: "Name the origins, or do not allow credentials.",
  judge: ofResponse((subject) => {
    const allowed = subject.header("access-control-allow-origin");
    if (allowed === undefined) return undefined;
    const isWrong = allowed === "*" && allowsCredentials(subject);
    return assertThat(!isWrong, "an origin, or no credentials", "* with credentials");
  }),
};

const anyOrigin: Check = {
  id: "cors/any-origin-with-credentials",
  asserts: "An unknown origin is not allowed with credentials.",
  why: "Every site can read the data of its visitors.",
  fix: "Compare the Origin with a list of allowed origins.",
  judge: ofResponse((subject) => {
    const sent = headerValue(subject.exchange.request.headers, "origin");
    // What a sandboxed frame of any page sends is nobody's origin, either.
    if (sent?.endsWith(".invalid") !== true && sent !== "null") return undefined;
    const isWrong =
      subject.header("access-control-allow-origin") === sent && allowsCredentials(subject);
    return assertThat(!isWrong, "no permission for this origin", `${sent} with credentials`);
  }),
};

const foreignData: Check = {
  id: "access/foreign-data-leaked",
  asserts: "No response contains another tenant's data.",
  why: "One customer reads another customer's data, if only in an error.",
  fix: "Build the response only from data that the caller owns.",
  judge: ofResponse((subject, { foreignTexts }) => {
    const { contractCase, response, exchange } = subject;
    if (foreignTexts.isEmpty || contractCase.caller === "other") return undefined;
    const sent = decodeText(exchange.request.target);
    const headers = response.headers.map(([, value]) => value);
    const found = foreignTexts.shownIn(subject, headers).filter((text) => !sent.includes(text));
    return found.map((actual) => ({ expected: "no data of another tenant", actual }));
  }),
};

/** Checks that a response reveals nothing that it must not. */
export const leakChecks: readonly Check[] = [
  keyReflected,
  idReflectedAsMarkup,
  headerInjection,
  stackTrace,
  secret,
  internalAddress,
  foreignData,
  wildcard,
  anyOrigin,
];
