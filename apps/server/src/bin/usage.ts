import {parseArgs, type ParseArgsConfig} from 'node:util';

/** Wrong words on the command line. */
export class Usage extends Error {}

/** Options, and words beside them where they are allowed. Throws `Usage` for what is not known. */
export function readWords<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
}
