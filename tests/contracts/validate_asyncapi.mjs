// Prints what @asyncapi/parser says about a document, as JSON: node validate_asyncapi.mjs FOLDER_WITH_NODE_MODULES DOCUMENT
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const [folder, path] = process.argv.slice(2);
const { Parser } = createRequire(`${folder}/`)("@asyncapi/parser");
const { document, diagnostics } = await new Parser().parse(await readFile(path, "utf8"));
process.stdout.write(JSON.stringify({ parsed: Boolean(document), errors: diagnostics.filter((found) => found.severity === 0) }));
