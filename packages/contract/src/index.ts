export { specSha256, specVersion } from "@qontext/sync-log-schema";
