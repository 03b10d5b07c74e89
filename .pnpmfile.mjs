/** Of these packages one self-contained file is used; what it was built from is 280 MB and 25 MB. */
const bundles = new Set(["@scalar/api-reference", "@docsearch/js"]);

function readPackage(manifest) {
  return bundles.has(manifest.name) ? { ...manifest, dependencies: {} } : manifest;
}

export const hooks = { readPackage };
