/** The arrays of numbers that a detector may keep. */
export type NumberArray = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

// The byte order is named in each line: what a little-endian machine saved, a big-endian one can load.

/** Writes one number of an array in as many bytes as the array keeps it in. */
export function writeNumber(view: DataView, at: number, numbers: NumberArray, index: number): void {
  const value = numbers[index] ?? 0;
  if (numbers instanceof Float64Array) {
    view.setFloat64(at, value, true);
  } else if (numbers instanceof Float32Array) {
    view.setFloat32(at, value, true);
  } else if (numbers instanceof Uint32Array) {
    view.setUint32(at, value, true);
  } else if (numbers instanceof Uint16Array) {
    view.setUint16(at, value, true);
  } else {
    view.setUint8(at, value);
  }
}

/** Reads what {@link writeNumber} wrote for an array of this kind. */
export function readNumber(view: DataView, at: number, kind: NumberArray): number {
  if (kind instanceof Float64Array) {
    return view.getFloat64(at, true);
  }
  if (kind instanceof Float32Array) {
    return view.getFloat32(at, true);
  }
  if (kind instanceof Uint32Array) {
    return view.getUint32(at, true);
  }
  return kind instanceof Uint16Array ? view.getUint16(at, true) : view.getUint8(at);
}
