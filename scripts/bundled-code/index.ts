export { bundledCode } from "./bundled-code-plugin.ts";
export { bundledPackages, licenseText } from "./bundled-packages.ts";
export { readBundledCode, recordBundledCode } from "./recorded-code.ts";
export type { BundledPackage, RecordedCode } from "./recorded-code.ts";
