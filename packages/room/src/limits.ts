/** What one update, one actor and one connection may cost a room. Bytes unless said. */
export const limits = {
  update: 256 * 1024,
  /** Of a whole answer to our step 1; longer ones come in parts. */
  firstSync: 1024 * 1024,
  awareness: 64 * 1024,
  hello: 1024,
  cursor: 1024,
  structs: 20_000,
  /** Ranges that delete something that was not deleted before. */
  deletions: 20_000,
  /** Clients of an actor that one update may bring in for the first time, and that an actor may have in one paper. */
  newClients: 64,
  clientsOfActor: 4_096,
  /** Length that an actor may fill with structs that come deleted: they have a length without having bytes. */
  ghosts: 1 << 20,
  /** Steps through the text that judging one update may take; honest ones take a few. */
  steps: 1 << 19,
  /** Accepted and not yet durable; whoever brings more has to come back later. */
  undurable: 8 * 1024 * 1024,
  /** Frames that wait for the paper to be loaded, of one connection. */
  waiting: 2 * 1024 * 1024,
  /** Updates in one append. */
  batch: 1_000,
} as const;

/** Milliseconds. */
export const pauses = {
  /** Between two attempts to append the same batch; after the last one the room starts again from the log. */
  append: [100, 300],
  load: 500,
  /** The stock provider hangs up after 30 s of silence and forgets a cursor after as long. */
  presence: 12_000,
  hearing: 250,
} as const;

/** Updates after which a new snapshot is stored. */
export const snapshotEvery = 200;
/** Bytes of a snapshot that one more update must stand for, where there are many of them. */
export const bytesAnUpdate = 512;
/** Awareness frames of one connection that are read in one tick; the rest is dropped. */
export const awarenessFramesPerTick = 8;
