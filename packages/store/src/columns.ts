import {bigint, customType} from 'drizzle-orm/pg-core';

/** Plain bytes, also where the driver hands out a Buffer. */
export const bytea = customType<{data: Uint8Array; driverData: Uint8Array}>({
  dataType: () => 'bytea',
  fromDriver: ({buffer, byteOffset, length}) => new Uint8Array(buffer, byteOffset, length),
});

/** Milliseconds since 1970, UTC. */
export function instant(name: string) {
  return bigint(name, {mode: 'number'});
}
