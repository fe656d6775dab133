/**
 * The same archive with the moment of packing taken out of every entry (MS-DOS time 0, 1 January 1980), so that equal
 * content gives equal bytes. For archives that were just written, without ZIP64.
 */
export function fixedZip(bytes: Uint8Array): Uint8Array {
  const fixed = Uint8Array.from(bytes);
  const view = new DataView(fixed.buffer);
  const end = endOfDirectory(view);
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(entry, true) !== 0x02014b50) throw new Error('The archive has no directory where it says.');
    setTime(view, entry + 12);
    const local = view.getUint32(entry + 42, true);
    if (view.getUint32(local, true) !== 0x04034b50) throw new Error('The archive has no entry where it says.');
    setTime(view, local + 10);
    const lengths = [28, 30, 32].map(at => view.getUint16(entry + at, true));
    entry += lengths.reduce((sum, length) => sum + length, 46);
  }
  return fixed;
}

function setTime(view: DataView, at: number): void {
  view.setUint16(at, 0, true);
  view.setUint16(at + 2, (1 << 5) | 1, true);
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0; at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Error('These bytes are no archive.');
}
