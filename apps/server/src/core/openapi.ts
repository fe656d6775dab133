import {z} from 'zod';
import {doors} from '@plenary/domain/rights/doors';
import {refusalJson} from '@plenary/protocol/api/refusal';
import type {Described} from './route.ts';

/** The description of everything under `/api` that `route` opened, in OpenAPI 3.1. */
export function describeApi(described: readonly Described[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of described) {
    const [method = '', path = ''] = one.door.split(' ');
    const at = path.replace(/:(\w+)/g, '{$1}');
    (paths[at] ??= {})[method.toLowerCase()] = operation(one, path);
  }
  return {
    openapi: '3.1.0',
    info: {title: 'Plenary', version: '1', description: 'Texts that many write together and everyone may follow.'},
    paths,
    components: {
      schemas: {Refusal: schemaOf(refusalJson, 'output')},
      securitySchemes: {signIn: {type: 'apiKey', in: 'cookie', name: 'plenary.session_token'}},
    },
  };
}

function operation({door, summary, query, body, takesFile, answer, status}: Described, path: string): object {
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({name, in: 'path', required: true, schema: {type: 'string'}})),
    ...queryParameters(query),
  ];
  const bodySchema = body && schemaOf(body, 'input');
  return {
    summary,
    ...(doors[door] !== 'visit' && {security: [{signIn: []}]}),
    ...(parameters.length > 0 && {parameters}),
    ...(bodySchema && {
      requestBody: {
        content: {
          'application/json': {schema: bodySchema},
          ...(takesFile && {'multipart/form-data': {schema: bodySchema}}),
        },
      },
    }),
    responses: {
      [status ?? 200]: {
        description: 'Done',
        ...(answer && {content: {'application/json': {schema: schemaOf(answer, 'output')}}}),
      },
      default: {
        description: 'A refusal',
        content: {'application/json': {schema: {$ref: '#/components/schemas/Refusal'}}},
      },
    },
  };
}

function queryParameters(query: z.ZodType | undefined): object[] {
  if (!query) return [];
  const {properties = {}, required = []} = schemaOf(query, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const {$schema: _dialect, ...rest} = z.toJSONSchema(schema, {io, unrepresentable: 'any'});
  return rest;
}
