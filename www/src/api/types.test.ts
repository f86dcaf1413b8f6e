import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { expect, test } from 'vitest';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const contract = (name: string) =>
  JSON.parse(readFileSync(path(`../../contracts/${name}.json`), 'utf8')) as OpenAPI3;

/**
 * One description of the laptop's API and of the engine's types. What both name is the same there.
 */
function merged(): OpenAPI3 {
  const [laptop, engine] = [contract('laptop'), contract('engine')];
  const schemas = { ...laptop.components?.schemas };
  for (const [name, schema] of Object.entries(engine.components?.schemas ?? {})) {
    if (name in schemas) expect(schema, name).toEqual(schemas[name]);
    schemas[name] = schema;
  }
  return { ...laptop, components: { schemas } };
}

/** A list that newer programs may extend is what this version knows of it. */
function listed(schema: object): ts.TypeNode | undefined {
  const known = (schema as { 'x-extensible-enum'?: string[] })['x-extensible-enum'];
  if (known === undefined) return undefined;
  const names = known.map((name) => ts.factory.createStringLiteral(name));
  return ts.factory.createUnionTypeNode(
    names.map((name) => ts.factory.createLiteralTypeNode(name)),
  );
}

async function typesOf(description: OpenAPI3): Promise<string> {
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, transform: listed };
  const types = astToString(await openapiTS(description, options));
  return `/**\n * Written by \`make contracts\` from \`www/contracts\`. Not to be edited.\n */\n${types}`;
}

test('the types are those of what laptop and engine say', { timeout: 60_000 }, async () => {
  const types = await typesOf(merged());
  if (process.env['CHASQUI_WRITE_CONTRACTS'] !== undefined) writeFileSync(path('types.ts'), types);
  const is_current = readFileSync(path('types.ts'), 'utf8') === types;
  expect(is_current, 'src/api/types.ts is stale: run `make contracts`').toBe(true);
});
