/** Turns a row-major [rows, columns] matrix into a row-major [columns, rows] one. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] ?? 0
    }
  }
  return turned
}

/**
 * Symmetric int8 per column: number = round(weight / scale), scale = largest magnitude of the column / 127.
 *
 * @param weights row-major, `columns` wide.
 */
export function quantizeColumns(weights: Float32Array, columns: number): { numbers: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(columns)
  weights.forEach((weight, index) => {
    const column = index % columns
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(weight) / 127)
  })
  const numbers = new Int8Array(weights.length)
  weights.forEach((weight, index) => {
    const scale = scales[index % columns] ?? 0
    numbers[index] = scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(weight / scale)))
  })
  return { numbers, scales }
}
