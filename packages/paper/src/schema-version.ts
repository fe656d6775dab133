/** Version of the shape that this build reads and writes. A client of another version reads and does not write. */
export const schemaVersion = 1;
