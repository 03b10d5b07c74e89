/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** The explorer as a page of its own, which works from a file, without a server and without a network. */
export function standalonePage(options: Readonly<Record<string, unknown>>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · Qontext sync logs</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="explorer.css">
</head>
<body class="reference">
<a class="skip" href="#reference">Skip to content</a>
<header>Qontext sync logs</header>
<div id="reference"></div>
<script src="scalar.js"></script>
<script src="repair-accessibility.js"></script>
<script>
Scalar.createApiReference("#reference", ${scriptJson(options)});
</script>
</body>
</html>
`;
}
