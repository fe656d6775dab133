/** Wrong words on the command line. */
export class Usage extends Error {}
